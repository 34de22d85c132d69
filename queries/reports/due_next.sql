-- What falls due next
-- Grain: one row per running clock at the as-of instant, the next due first, those that stand still (no due instant) last
-- Units: left_s seconds from the as-of instant to the due instant; open_left_s open seconds until the target is reached;
--     instants in the reporting time zone
-- $policy text: the policy's id
-- $metric text, optional: this metric's clocks only
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with agent_names as (
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
from scoped_clocks($policy, null, null, $severity, $plan, $account, $manager, $team, $channel) c
cross join snapshot a
left join policy_versions v using (version_no)
left join policy_severities s on s.version_no = c.version_no and s.severity = c.severity
left join policy_plans p on p.version_no = c.version_no and p.plan = c.plan
left join accounts_now an on an.account = c.account
left join agent_names gn on gn.agent = c.agent
where c.outcome = 'running'
    and ($metric::varchar is null or c.metric = $metric)
order by c.due_at nulls last, c.ticket_id, c.metric, c.cycle
