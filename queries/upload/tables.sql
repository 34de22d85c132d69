-- One row a table of the attached database `built`.
select table_name
from duckdb_tables()
where database_name = 'built' and not internal;
