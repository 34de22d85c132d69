-- Returns a row for each file whose rows were neither accepted nor rejected.
select
    file,
    rows_read,
    rows_accepted,
    rows_rejected,
from source_files
where rows_read <> rows_accepted + rows_rejected;
