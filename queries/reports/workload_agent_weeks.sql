-- Work per agent and week
-- Grain: one row per team, agent and week of the 13 that end with the one of the last day, with work in it; by name, the oldest week first
-- Units: counts of tickets that arrived, replies and solves in the week, in the reporting time zone
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $last_on date: a day of the last week, in the reporting time zone
with counted as (
    select
        team,
        agent,
        date_trunc('week', done_on)::date as week_start,
        count(*) filter (kind = 'arrival') as arrivals_count,
        count(*) filter (kind = 'reply') as replies_count,
        count(*) filter (kind = 'solve') as solves_count,
    from scoped_work(
        $policy,
        date_trunc('week', $last_on::date) - interval 84 days,
        date_trunc('week', $last_on::date) + interval 6 days,
        $severity, $plan, $account, $manager, $team, $channel
    )
    where kind in ('arrival', 'reply', 'solve')
    group by all
)
select
    c.team,
    coalesce(g.name, c.agent) as agent,
    c.week_start,
    c.arrivals_count,
    c.replies_count,
    c.solves_count,
from counted c
left join (select agent, max(name) as name from agents where name is not null group by agent) g using (agent)
order by lower(c.team) nulls last, lower(coalesce(g.name, c.agent)) nulls last, c.agent, c.week_start
