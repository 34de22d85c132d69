-- Grain: a ticket as a row of a tickets file has it, or as the last row of a log has it (updated_at: the time of that row).
create or replace temp table stg_candidates as
select * exclude (problem) from stg_ticket_rows
where problem is null and kind = 'tickets'
union all
select * exclude (problem) replace ("at" as updated_at) from stg_ticket_rows
where problem is null and kind = 'log'
qualify row_number() over (
    partition by file_no, ticket_id
    order by
        "at" desc, seq desc nulls last, created_at, status, severity, agent, team, account, requester, channel, subject,
        solved_at, closed_at, acknowledged_at, first_reply_at, plan, policy, opened_by, merged_into, tags, row_no
) = 1
