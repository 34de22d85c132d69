-- Excluded clocks, the newest first
-- Grain: one row per excluded clock of the policy
-- Units: elapsed_s open seconds; instants in the reporting time zone; severity and plan as the clock has them, codes where they are known
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $reason text: excluded for this reason only
-- $metric text, optional: this metric's clocks only
-- $most integer, optional: no more than these
select
    c.ticket_id,
    c.metric,
    c.cycle,
    c.severity,
    c.plan,
    c.account,
    c.elapsed_s,
    c.started_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') as started_local,
from clock_facts c
left join policy_versions v using (version_no)
where coalesce(c.policy, '') = $policy
    and c.outcome = 'excluded'
    and c.reason = $reason
    and ($metric::varchar is null or c.metric = $metric)
order by c.started_at desc, c.ticket_id, c.metric, c.cycle
limit coalesce($most::bigint, 9223372036854775807)
