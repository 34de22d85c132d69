-- Weeks of a policy
-- Grain: one row per ISO week in the reporting time zone, from the first with clocks to the week of the as-of instant,
--     weeks without clocks among them, the newest first
-- Units: counts of clocks of every metric; dates are Mondays in the reporting time zone
-- $policy text: the policy's id, '' for clocks whose tickets name none
with zone as (
    select coalesce(
        (select reporting_timezone from policy_versions where policy = $policy order by valid_from_at desc nulls last limit 1),
        'UTC'
    ) as timezone
),
counted as (
    select
        week_start,
        sum(met_count + breached_count)::bigint as decided_count,
        sum(running_count)::bigint as running_count,
        sum(excluded_count)::bigint as excluded_count,
    from attainment_weeks
    where coalesce(policy, '') = $policy
    group by week_start
),
limits as (
    select
        (select min(week_start) from counted) as first_week,
        date_trunc('week', s.as_of at time zone 'UTC' at time zone z.timezone)::date as as_of_week,
    from snapshot s
    cross join zone z
),
every_week as (
    select unnest(generate_series(first_week, as_of_week, interval 7 days))::date as week_start from limits
)
select
    w.week_start,
    w.week_start < l.as_of_week as is_complete,
    coalesce(c.decided_count, 0) as decided_count,
    coalesce(c.running_count, 0) as running_count,
    coalesce(c.excluded_count, 0) as excluded_count,
from every_week w
cross join limits l
left join counted c using (week_start)
order by w.week_start desc
