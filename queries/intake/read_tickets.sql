-- Adds a CSV file to raw_tickets, in the order of its rows. Grain: a row of a tickets file. What is no row of this
-- width goes to a table of its own. file: path; file_no: its number; columns: map of every column's name to its type,
-- in the order of the file; wanted: the names to keep; missing: texts that mean nothing; delimiter; longest: bytes of the
-- longest row; rejects, scans: names for the two tables in which DuckDB notes what it could not read.
insert into raw_tickets by name
select
    $file_no as file_no,
    columns(lambda c: list_contains($wanted, c)),
from read_csv(
    $file,
    columns = $columns,
    auto_detect = false,
    header = true,
    delim = $delimiter,
    quote = '"',
    escape = '"',
    nullstr = $missing,
    max_line_size = $longest,
    compression = 'none',
    store_rejects = true,
    rejects_table = $rejects,
    rejects_scan = $scans,
)
