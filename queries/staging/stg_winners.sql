-- Grain: an accepted ticket, as its newest row has it: by its last change, else by the last moment it tells of, else that of the newer
-- file; the texts decide where nothing else does, and never the order of rows or files.
create or replace temp table stg_winners as
select candidates.* from stg_candidates as candidates
anti join stg_repeats using (ticket_id)
union all
select candidates.* from stg_candidates as candidates
inner join stg_repeats as repeats using (ticket_id, created_at)
inner join stg_file_ages as ages on candidates.file_no = ages.file_no
qualify row_number() over (
    partition by ticket_id
    order by
        updated_at desc nulls last, greatest(created_at, acknowledged_at, first_reply_at, solved_at, closed_at) desc, ages.newest_at desc, status, severity, plan, policy, account, agent, team, channel, subject, requester,
        opened_by, acknowledged_at, first_reply_at, solved_at, closed_at, merged_into, tags, candidates.file_no, row_no
) = 1
