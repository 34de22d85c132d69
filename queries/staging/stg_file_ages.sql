-- Grain: a file with tickets. newest_at: its newest creation or update in UTC, by which files are old or new.
create or replace temp table stg_file_ages as
select
    file_no,
    max(greatest(created_at, coalesce(updated_at, created_at))) as newest_at,
from stg_candidates
group by file_no
