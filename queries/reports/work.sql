-- Work piece by piece
-- Grain: one row per arrival, left_out, reopening, reply or solve of the period, the newest first, no more than $most; of kind solved, one row per ticket:
--     the last solve of each
-- Units: instants in the reporting time zone; work_count counts all of them
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $first_on date: the first day of the period, in the reporting time zone
-- $last_on date: the last day of the period
-- $kind text: arrival, left_out, reopening, reply, solve or solved
-- $agent text, optional: work of this agent only, '' for that of nobody known
-- $of_team text, optional: as $team, and '' for that without one
-- $of_severity text, optional: as $severity, and '' for tickets without one
-- $of_channel text, optional: as $channel, and '' for tickets without one
-- $weekday integer, optional: the weekday of the work, 1 (Monday) to 7
-- $hour integer, optional: its hour, 0 to 23
-- $most integer, optional: no more rows than this
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with chosen as (
    from scoped_work($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where kind = case when $kind = 'solved' then 'solve' else $kind end
        and ($agent::varchar is null or coalesce(agent, '') = $agent)
        and ($of_team::varchar is null or coalesce(team, '') = $of_team)
        and ($of_severity::varchar is null or coalesce(severity, '') = $of_severity)
        and ($of_channel::varchar is null or coalesce(channel, '') = $of_channel)
        and ($weekday::integer is null or isodow(done_on) = $weekday)
        and ($hour::integer is null or done_hour = $hour)
    qualify $kind <> 'solved' or row_number() over (partition by ticket_no order by done_at desc) = 1
),
newest as (
    from chosen
    order by done_at desc, ticket_no
    limit $most
),
latest as (
    select version_no, reporting_timezone
    from policy_versions
    where policy = $policy
    order by valid_from_at desc nulls last
    limit 1
)
select
    t.ticket_id,
    n.done_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') as done_local,
    coalesce(in_language(s.names, $language), n.severity) as severity,
    coalesce(in_language(p.names, $language), n.plan) as plan,
    coalesce(a.name, n.account) as account,
    coalesce(g.name, n.agent) as agent,
    n.team,
    n.channel,
    (select count(*) from chosen) as work_count,
from newest n
join tickets t using (ticket_no)
left join latest v on true
left join policy_severities s on s.version_no = v.version_no and s.severity = n.severity
left join policy_plans p on p.version_no = v.version_no and p.plan = n.plan
left join accounts_now a on a.account = n.account
left join (select agent, max(name) as name from agents where name is not null group by agent) g on g.agent = n.agent
order by n.done_at desc, n.ticket_no
