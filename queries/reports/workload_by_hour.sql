-- Arrivals and agents at each hour of the week
-- Grain: one row per weekday and hour of the 13 weeks that end with the one of the last day, in the reporting time zone, all 168 of them
-- Units: arrivals_count of tickets; hours_count: on how many dates the hour came, from the week of the policy's first ticket to the as-of instant;
--     arrivals_mean and agents_mean per hour, null where it never came; agents are those who wrote a public reply in the hour; unattended_count:
--     arrivals in an hour in which nobody wrote one; weekday 1 (Monday) to 7, hour 0 to 23
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $last_on date: a day of the last week, in the reporting time zone
with zone as (
    select coalesce(
        (select reporting_timezone from policy_versions where policy = $policy order by valid_from_at desc nulls last limit 1),
        'UTC'
    ) as timezone
),
limits as (
    select
        date_trunc('week', $last_on::date) - interval 84 days as window_from,
        (select date_trunc('week', min(done_on)) from work where policy = $policy and kind = 'arrival') as known_from,
        least(
            date_trunc('week', $last_on::date) + interval 7 days - interval 1 hour,
            s.as_of at time zone 'UTC' at time zone z.timezone
        ) as until_at,
        z.timezone,
    from snapshot s
    cross join zone z
),
hours as (
    -- Those that the clocks showed: a change to summer time skips one, which comes back as another.
    select hour_at
    from (
        select
            unnest(generate_series(greatest(window_from, known_from), until_at, interval 1 hour)) as hour_at,
            timezone,
        from limits
    )
    where hour_at at time zone timezone at time zone timezone = hour_at
),
often as (
    select
        isodow(hour_at) as weekday,
        hour(hour_at) as hour,
        count(*) as hours_count,
    from hours
    group by all
),
done as (
    select
        done_on,
        done_hour,
        count(*) filter (kind = 'arrival') as arrivals_count,
        count(distinct coalesce(agent, '')) filter (kind = 'reply') as agents_count,
    from scoped_work(
        $policy,
        date_trunc('week', $last_on::date) - interval 84 days,
        date_trunc('week', $last_on::date) + interval 6 days,
        $severity, $plan, $account, $manager, $team, $channel
    )
    where kind in ('arrival', 'reply')
    group by all
),
counted as (
    select
        isodow(done_on) as weekday,
        done_hour as hour,
        sum(arrivals_count)::bigint as arrivals_count,
        sum(agents_count)::bigint as agents_count,
        coalesce(sum(arrivals_count) filter (agents_count = 0), 0)::bigint as unattended_count,
    from done
    group by all
)
select
    w.weekday,
    h.hour,
    coalesce(o.hours_count, 0) as hours_count,
    coalesce(c.arrivals_count, 0) as arrivals_count,
    coalesce(c.unattended_count, 0) as unattended_count,
    share(coalesce(c.arrivals_count, 0), o.hours_count) as arrivals_mean,
    share(coalesce(c.agents_count, 0), o.hours_count) as agents_mean,
from range(1, 8) w(weekday)
cross join range(24) h(hour)
left join often o on o.weekday = w.weekday and o.hour = h.hour
left join counted c on c.weekday = w.weekday and c.hour = h.hour
order by w.weekday, h.hour
