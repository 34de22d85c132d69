-- Arrivals, replies and solves week by week
-- Grain: one row per week of the 13 that end with the one of the last day, weeks without work among them, the oldest first
-- Units: counts of tickets, replies and solves in the week, in the reporting time zone; backlog_count is the tickets open at its end or, before
--     that, at the as-of instant: null for a week that had not begun by then
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $last_on date: a day of the last week, in the reporting time zone
with every_week as (
    select unnest(generate_series(
        date_trunc('week', $last_on::date) - interval 84 days, date_trunc('week', $last_on::date), interval 7 days
    ))::date as week_start
),
days as (
    select
        done_on,
        count(*) filter (kind = 'arrival') as arrivals_count,
        count(*) filter (kind = 'left_out') as left_out_count,
        count(*) filter (kind = 'reopening') as reopenings_count,
        count(*) filter (kind = 'reply') as replies_count,
        count(*) filter (kind = 'solve') as solves_count,
        sum(backlog_change)::bigint as backlog_change,
    from scoped_work($policy, null, date_trunc('week', $last_on::date) + interval 6 days, $severity, $plan, $account, $manager, $team, $channel)
    group by done_on
),
counted as (
    -- All that was before the first week changes the backlog that it begins with, and nothing else.
    select
        greatest(date_trunc('week', done_on)::date, date_trunc('week', $last_on::date)::date - 91) as week_start,
        sum(arrivals_count)::bigint as arrivals_count,
        sum(left_out_count)::bigint as left_out_count,
        sum(reopenings_count)::bigint as reopenings_count,
        sum(replies_count)::bigint as replies_count,
        sum(solves_count)::bigint as solves_count,
        sum(backlog_change)::bigint as backlog_change,
    from days
    group by all
),
zone as (
    select coalesce(
        (select reporting_timezone from policy_versions where policy = $policy order by valid_from_at desc nulls last limit 1),
        'UTC'
    ) as timezone
)
select
    w.week_start,
    coalesce(c.arrivals_count, 0) as arrivals_count,
    coalesce(c.left_out_count, 0) as left_out_count,
    coalesce(c.reopenings_count, 0) as reopenings_count,
    coalesce(c.replies_count, 0) as replies_count,
    coalesce(c.solves_count, 0) as solves_count,
    case when w.week_start <= (s.as_of at time zone 'UTC' at time zone z.timezone)::date
        then (select coalesce(sum(backlog_change), 0)::bigint from counted where counted.week_start <= w.week_start)
    end as backlog_count,
    w.week_start + 7 <= (s.as_of at time zone 'UTC' at time zone z.timezone)::date as is_over,
from every_week w
cross join snapshot s
cross join zone z
left join counted c using (week_start)
order by w.week_start
