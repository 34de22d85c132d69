-- Grain: a file with an instant that names no offset, where nobody said which zone it is in. Seconds since 1970 are in UTC.
create or replace temp table stg_zone_guesses as
with guessed as (
    select distinct file_no from raw_tickets
    where
        is_without_offset(created_at) or is_without_offset(acknowledged_at) or is_without_offset(first_reply_at)
        or is_without_offset(solved_at) or is_without_offset(closed_at) or is_without_offset(updated_at)
    union all
    select distinct file_no from raw_log
    where
        is_without_offset("at") or is_without_offset(created_at) or is_without_offset(acknowledged_at)
        or is_without_offset(first_reply_at) or is_without_offset(solved_at) or is_without_offset(closed_at)
        or is_without_offset(updated_at)
    union all
    select distinct file_no from raw_events
    where is_without_offset("at")
    union all
    select distinct file_no from raw_ratings
    where is_without_offset(rated_at) or is_without_offset(offered_at)
    union all
    select distinct file_no from raw_accounts
    where is_without_offset(valid_from)
)
select
    file_no,
    files.file,
from guessed
inner join intake_files as files using (file_no)
where files.is_zone_assumed and files.dates not in ('epoch_s', 'epoch_ms')
order by file_no
