-- Files that the snapshot was built from
-- Grain: one row per export file, in the order in which they were read
-- Units: counts of rows, read = accepted + rejected; superseded ones were accepted, but another row of the same ticket was newer; sha256 is of the
--  file's bytes; dates is the order in which day and month were read (iso, dmy, mdy, serial, epoch_s, epoch_ms), dates_certainty how sure that is
select
    file,
    format,
    kind,
    sha256,
    bytes,
    timezone,
    encoding,
    dates,
    dates_certainty,
    rows_read,
    rows_accepted,
    rows_rejected,
    rows_superseded,
from source_files
order by file_no
