-- Open tickets
-- Grain: one row per ticket that is open at the as-of instant: those that wait on us first, the longest wait first, then by age; no more than $most
-- Units: waited_s and open_s seconds of the wall clock to the as-of instant; instants in the reporting time zone; tickets_count counts all of them;
--     passed_by_count: younger tickets that had their first reply, null where the wait is no first one
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $state text, optional: on_us, on_customer, on_hold or in_hand
-- $agent text, optional: tickets of this agent only, '' for those of nobody
-- $of_team text, optional: as $team, and '' for those without one
-- $most integer, optional: no more rows than this
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with chosen as (
    from scoped_open_tickets($policy, $severity, $plan, $account, $manager, $team, $channel)
    where ($state::varchar is null or state = $state) and ($agent::varchar is null or coalesce(agent, '') = $agent)
        and ($of_team::varchar is null or coalesce(team, '') = $of_team)
),
first as (
    from chosen
    order by waiting_from_at nulls last, created_at, ticket_id
    limit $most
)
select
    f.ticket_id,
    f.state,
    f.waits_for,
    f.waiting_from_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') as waiting_local,
    f.waited_s,
    f.open_waited_s,
    f.outcome,
    w.passed_by_count,
    f.created_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') as created_local,
    datediff('second', f.created_at, a.as_of) as open_s,
    coalesce(in_language(s.names, $language), f.severity) as severity,
    coalesce(in_language(p.names, $language), f.plan) as plan,
    coalesce(n.name, f.account) as account,
    coalesce(g.name, f.agent) as agent,
    f.team,
    f.channel,
    (select count(*) from chosen) as tickets_count,
from first f
cross join snapshot a
left join first_waits w on w.ticket_no = f.ticket_no and f.waits_for = 'first_response'
left join policy_versions v on v.version_no = f.version_no
left join policy_severities s on s.version_no = f.version_no and s.severity = f.severity
left join policy_plans p on p.version_no = f.version_no and p.plan = f.plan
left join accounts_now n on n.account = f.account
left join (select agent, max(name) as name from agents where name is not null group by agent) g on g.agent = f.agent
order by f.waiting_from_at nulls last, f.created_at, f.ticket_id
