-- What falls due next
-- Grain: one row per running clock at the as-of instant, the next due first, those that stand still (no due instant) last
-- Units: left_s seconds from the as-of instant to the due instant; open_left_s open seconds until the target is reached;
--     instants in the reporting time zone
-- $policy text: the policy's id
-- $metric text, optional: this metric's clocks only
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with account_names as (
    select account, arg_max(name, coalesce(valid_from, timestamp '0001-01-01')) as name
    from accounts
    where name is not null
    group by account
),
agent_names as (
    select agent, max(name) as name
    from agents
    where name is not null
    group by agent
)
select
    c.ticket_id,
    c.metric,
    c.cycle,
    datediff('second', a.as_of, c.due_at) as left_s,
    c.target_s - c.elapsed_s as open_left_s,
    c.due_at is null as is_standing_still,
    c.target_s,
    coalesce(in_language(s.names, $language), c.severity) as severity,
    coalesce(in_language(p.names, $language), c.plan) as plan,
    coalesce(an.name, c.account) as account,
    coalesce(gn.name, c.agent) as agent,
    c.team,
    c.due_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') as due_local,
from clock_facts c
cross join snapshot a
left join policy_versions v using (version_no)
left join policy_severities s on s.version_no = c.version_no and s.severity = c.severity
left join policy_plans p on p.version_no = c.version_no and p.plan = c.plan
left join account_names an on an.account = c.account
left join agent_names gn on gn.agent = c.agent
where coalesce(c.policy, '') = $policy
    and c.outcome = 'running'
    and ($metric::varchar is null or c.metric = $metric)
order by c.due_at nulls last, c.ticket_id, c.metric, c.cycle
