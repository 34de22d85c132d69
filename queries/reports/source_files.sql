-- Files that the snapshot was built from
-- Grain: one row per export file, in the order in which they were read
-- Units: counts of rows, read = accepted + rejected; superseded ones were accepted, but another row of the same ticket was newer; sha256 is of the
--  file's bytes
select
    file,
    format,
    kind,
    sha256,
    bytes,
    timezone,
    rows_read,
    rows_accepted,
    rows_rejected,
    rows_superseded,
from source_files
order by file_no
