-- Grain: a file read. rows_read = rows_accepted + rows_rejected; rows_superseded: accepted, but an other row of the same ticket was newer.
create or replace table source_files as
with rejected as (
    select file_no, count(*) as rows from stg_rejects
    group by file_no
),
won as (
    select file_no, count(*) as rows from stg_winners
    where kind = 'tickets'
    group by file_no
)
select
    file_no,
    file,
    format,
    kind,
    sha256,
    bytes,
    timezone,
    encoding,
    delimiter,
    dates,
    dates_certainty,
    rows_readable + rows_unreadable as rows_read,
    rows_readable - coalesce(rejected.rows, 0) as rows_accepted,
    rows_unreadable + coalesce(rejected.rows, 0) as rows_rejected,
    case
        when kind = 'tickets' then rows_readable - coalesce(rejected.rows, 0) - coalesce(won.rows, 0)
        else 0
    end as rows_superseded,
from intake_files
left join rejected using (file_no)
left join won using (file_no)
order by file_no
