-- First replies out of turn
-- Grain: one row per first reply written in the period while an older ticket of the policy still waited for its own, the newest first, no more than
--     $most; older_ticket_id is the one among those that waited longest after that (still waiting: the oldest of them)
-- Units: waited_s seconds of the wall clock; instants in the reporting time zone; replies_count counts all of them
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $first_on date: the first day of the period, in the reporting time zone
-- $last_on date: the last day of the period
-- $most integer, optional: no more rows than this
with chosen as (
    from scoped_first_replies($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where not is_in_order
),
newest as (
    from chosen
    order by ended_at desc, ticket_id
    limit $most
),
older as (
    select
        ended_at,
        arg_min(ticket_id, (started_at, ticket_id)) as ticket_id,
        min(started_at) as started_at,
    from first_waits
    where policy = $policy and ended_at in (select older_until_at from newest)
    group by ended_at
)
select
    n.ticket_id,
    n.started_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') as started_local,
    n.ended_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') as replied_local,
    datediff('second', n.started_at, n.ended_at) as waited_s,
    coalesce(g.name, n.agent) as agent,
    n.team,
    o.ticket_id as older_ticket_id,
    o.started_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') as older_started_local,
    case when isfinite(o.ended_at) then o.ended_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') end as older_ended_local,
    (select count(*) from chosen) as replies_count,
from newest n
left join policy_versions v using (version_no)
left join older o on o.ended_at = n.older_until_at
left join (select agent, max(name) as name from agents where name is not null group by agent) g on g.agent = n.agent
order by n.ended_at desc, n.ticket_id
