-- Grain: an event that a log shows: a status, agent or severity other than the row before has, and the first row that
-- somebody has taken up. A ticket's first severity is no event. A log has no messages.
create or replace temp table stg_log_events as
select ticket_id, "at", 'status' as kind, null::varchar as "by", author, status as value, seq from stg_log_changes
where status is distinct from status_before and status is not null
union all
select ticket_id, "at", 'assigned' as kind, null as "by", author, agent as value, seq from stg_log_changes
where agent is distinct from agent_before
union all
select ticket_id, "at", 'severity' as kind, null as "by", author, severity as value, seq from stg_log_changes
where severity is distinct from severity_before and severity is not null and change_no > 1
union all
select ticket_id, "at", 'acknowledged' as kind, 'agent' as "by", author, null as value, seq from stg_log_changes
where is_taken_up
qualify row_number() over (partition by ticket_id order by change_no) = 1
