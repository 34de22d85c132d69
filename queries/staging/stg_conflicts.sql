-- Grain: a row of a tickets file, or all rows of a log (row_no null), whose ticket an older file has with another created_at.
create or replace temp table stg_conflicts as
select
    candidates.file_no,
    case when candidates.kind = 'tickets' then candidates.row_no end as row_no,
    ticket_id,
    repeats.file_no as older_file_no,
    'created_at is ' || candidates.created_at::varchar || ' UTC, and ' || repeats.created_at::varchar || ' UTC in '
    || files.file || ': expected one creation for one ticket_id' as problem,
from stg_candidates as candidates
inner join stg_repeats as repeats using (ticket_id)
inner join intake_files as files on repeats.file_no = files.file_no
where candidates.created_at <> repeats.created_at
