-- Grain: a file with an instant that names no offset, where nobody said which zone it is in.
create or replace temp table stg_zone_guesses as
with instants as (
    select file_no, unnest([
        created_at, acknowledged_at, first_reply_at, solved_at, closed_at, updated_at,
    ]) as written from raw_tickets
    union all
    select file_no, unnest([created_at, "at", solved_at, closed_at]) as written from raw_log
    union all
    select file_no, "at" as written from raw_events
    union all
    select file_no, unnest([rated_at, offered_at]) as written from raw_ratings
    union all
    select file_no, valid_from as written from raw_accounts
)
select distinct
    file_no,
    files.file,
from instants
inner join intake_files as files using (file_no)
where files.is_zone_assumed and as_text(written) is not null and as_offset_s(as_text(written)) is null
order by file_no
