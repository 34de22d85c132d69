-- Who did which work, and who holds how much
-- Grain: one row per team and agent with work in the period, open tickets now or a reply in the 13 weeks that end with the period, by name, and one
--     per team before its agents (is_team); null team: agents without one; null agent: work of nobody known
-- Units: counts of tickets that arrived, replies and solves in the period; open_count and on_us_count are tickets at the as-of instant; weekly_replies:
--     the replies in each of the 13 weeks, the oldest first; first_replies_count and median_s (open seconds, half took at most as long) are first
--     replies written in the period; high_count of them were for the upper half of the policy's severities, out_of_hours_count had begun to wait
--     while its default calendar was closed
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $first_on date: the first day of the period, in the reporting time zone
-- $last_on date: the last day of the period
with quarter as (
    select
        team,
        agent,
        kind,
        done_on between $first_on::date and $last_on::date as is_in_period,
        -- Not `//`, which cuts towards nought: the days before the first week would stand in it.
        floor(date_diff('day', date_trunc('week', $last_on::date)::date - 84, done_on) / 7)::integer as week_no,
        count(*) as done_count,
    from scoped_work(
        $policy,
        least($first_on::date, date_trunc('week', $last_on::date) - interval 84 days),
        date_trunc('week', $last_on::date) + interval 6 days,
        $severity, $plan, $account, $manager, $team, $channel
    )
    where kind in ('arrival', 'reply', 'solve')
    group by all
),
done as (
    select
        team,
        agent,
        grouping(agent) = 1 as is_team,
        coalesce(sum(done_count) filter (kind = 'arrival' and is_in_period), 0)::bigint as arrivals_count,
        coalesce(sum(done_count) filter (kind = 'reply' and is_in_period), 0)::bigint as replies_count,
        coalesce(sum(done_count) filter (kind = 'solve' and is_in_period), 0)::bigint as solves_count,
        coalesce(sum(done_count) filter (kind = 'reply'), 0)::bigint as recent_replies_count,
    from quarter
    group by grouping sets ((team, agent), (team))
),
weekly as (
    select
        team,
        agent,
        grouping(agent) = 1 as is_team,
        week_no,
        sum(done_count)::bigint as replies_count,
    from quarter
    where kind = 'reply' and week_no between 0 and 12
    group by grouping sets ((team, agent, week_no), (team, week_no))
),
series as (
    select
        team,
        agent,
        is_team,
        map_from_entries(list((week_no, replies_count))) as replies,
    from weekly
    group by all
),
held as (
    select
        team,
        agent,
        grouping(agent) = 1 as is_team,
        count(*) as open_count,
        count(*) filter (state = 'on_us') as on_us_count,
    from scoped_open_tickets($policy, $severity, $plan, $account, $manager, $team, $channel)
    group by grouping sets ((team, agent), (team))
),
severe as (
    select version_no, severity
    from policy_severities
    qualify row_number() over (partition by version_no order by position) * 2 <= count(*) over (partition by version_no)
),
answered as (
    select
        r.team,
        r.agent,
        grouping(r.agent) = 1 as is_team,
        count(*) as first_replies_count,
        quantile_disc(r.waited_s, 0.5) as median_s,
        count(*) filter (s.severity is not null) as high_count,
        count(*) filter (r.is_out_of_hours) as out_of_hours_count,
    from scoped_first_replies($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel) r
    left join severe s using (version_no, severity)
    group by grouping sets ((r.team, r.agent), (r.team))
),
keys as (
    select team, agent, is_team from done
    union
    select team, agent, is_team from held
    union
    select team, agent, is_team from answered
)
select
    k.team,
    k.agent,
    k.is_team,
    coalesce(g.name, k.agent) as name,
    coalesce(d.arrivals_count, 0) as arrivals_count,
    coalesce(d.replies_count, 0) as replies_count,
    coalesce(d.solves_count, 0) as solves_count,
    coalesce(h.open_count, 0) as open_count,
    coalesce(h.on_us_count, 0) as on_us_count,
    [coalesce(s.replies[n], 0) for n in range(13)] as weekly_replies,
    coalesce(a.first_replies_count, 0) as first_replies_count,
    coalesce(a.first_replies_count, 0) < 10 as is_too_few,
    a.median_s,
    coalesce(a.high_count, 0) as high_count,
    coalesce(a.out_of_hours_count, 0) as out_of_hours_count,
from keys k
left join done d on d.is_team = k.is_team and d.team is not distinct from k.team and d.agent is not distinct from k.agent
left join series s on s.is_team = k.is_team and s.team is not distinct from k.team and s.agent is not distinct from k.agent
left join held h on h.is_team = k.is_team and h.team is not distinct from k.team and h.agent is not distinct from k.agent
left join answered a on a.is_team = k.is_team and a.team is not distinct from k.team and a.agent is not distinct from k.agent
left join (select agent, max(name) as name from agents where name is not null group by agent) g on g.agent = k.agent
where coalesce(d.arrivals_count + d.recent_replies_count + d.solves_count, 0) + coalesce(h.open_count, 0) + coalesce(a.first_replies_count, 0) > 0
order by lower(k.team) nulls last, k.is_team desc, lower(coalesce(g.name, k.agent)) nulls last, k.agent
