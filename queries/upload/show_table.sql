-- A view of one table of the packed database in the one that every cursor begins in; the_table stands for the table's name.
-- A view has no rowid of its own, which tells events of one second apart.
create view main.the_table as select *, rowid from held.main.the_table;
