-- Every clock of an account in a period
-- Grain: one row per clock that counts in the period (rule 9), in the order of tickets, metrics and cycles
-- Units: target_s, elapsed_s, late_s, carried_s and paused_s open seconds; local instants and counted_on in the reporting time zone; target_no is the
--     target's number in this snapshot, null without one
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $account text: the account
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with chosen as (
    select
        c.*,
        coalesce(v.reporting_timezone, 'UTC') as timezone,
    from scoped_clocks($policy, $first_on, $last_on, null, null, $account, null, null, null) c
    left join policy_versions v using (version_no)
)
select
    coalesce(c.policy, '') as policy,
    c.ticket_id,
    t.subject,
    c.metric,
    c.cycle,
    c.outcome,
    c.reason,
    c.is_open,
    coalesce(in_language(s.names, $language), c.severity) as severity,
    coalesce(in_language(p.names, $language), c.plan) as plan,
    c.channel,
    c.calendar,
    c.target_no,
    c.target_s,
    c.elapsed_s,
    c.late_s,
    c.carried_s,
    c.paused_s,
    c.stopped_by,
    c.counted_on,
    timezone(c.timezone, timezone('UTC', c.started_at)) as started_local,
    timezone(c.timezone, timezone('UTC', c.due_at)) as due_local,
    timezone(c.timezone, timezone('UTC', c.stopped_at)) as stopped_local,
from chosen c
left join tickets t using (ticket_no)
left join policy_severities s on s.version_no = c.version_no and s.severity = c.severity
left join policy_plans p on p.version_no = c.version_no and p.plan = c.plan
order by c.ticket_id, list_position(['first_response', 'next_response', 'periodic_update', 'resolution'], c.metric), c.cycle
