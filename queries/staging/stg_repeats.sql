-- Grain: a ticket_id that stands more than once. created_at: the creation that holds, which is the older file's; file_no: that file.
create or replace temp table stg_repeats as
with repeated as (
    select ticket_id from stg_candidates
    group by ticket_id
    having count(*) > 1
)
select
    ticket_id,
    candidates.created_at,
    candidates.file_no,
from stg_candidates as candidates
inner join repeated using (ticket_id)
inner join stg_file_ages as ages using (file_no)
inner join intake_files as files using (file_no)
qualify row_number() over (
    partition by ticket_id
    order by ages.newest_at, files.sha256, candidates.created_at, candidates.row_no
) = 1
