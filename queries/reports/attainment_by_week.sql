-- Attainment week by week
-- Grain: one row per week of the 13 that end with the chosen one, weeks without clocks among them, the oldest first
-- Units: counts of clocks that fell due in the week; shares 0 to 1 (met of met and breached), null where none was decided;
--     the interval is Wilson's at 95 %
-- $policy text: the policy's id
-- $metric text: first_response, next_response, periodic_update or resolution
-- $week date: Monday of the last week
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
with every_week as (
    select unnest(generate_series($week::date - 84, $week::date, interval 7 days))::date as week_start
),
counted as (
    select
        week_start,
        sum(met_count)::bigint as met_count,
        sum(breached_count)::bigint as breached_count,
        sum(running_count)::bigint as running_count,
        sum(excluded_count)::bigint as excluded_count,
    from scoped_weeks($policy, $severity, $plan, $account, $manager, $team, $channel)
    where metric = $metric and week_start between $week::date - 84 and $week::date
    group by week_start
),
filled as (
    select
        w.week_start,
        coalesce(c.met_count, 0) as met_count,
        coalesce(c.breached_count, 0) as breached_count,
        coalesce(c.met_count + c.breached_count, 0) as decided_count,
        coalesce(c.running_count, 0) as running_count,
        coalesce(c.excluded_count, 0) as excluded_count,
    from every_week w
    left join counted c using (week_start)
),
objectives as (
    select
        w.week_start,
        arg_max(v.objective, coalesce(v.valid_from_at, timestamp '0001-01-01')) as objective,
    from every_week w
    join policy_versions v
        on v.policy = $policy
        and coalesce(v.valid_from_at < (w.week_start::timestamp + interval 7 days) at time zone v.reporting_timezone at time zone 'UTC', true)
    group by w.week_start
)
select
    $metric::varchar as metric,
    f.*,
    f.decided_count < 10 as is_too_few,
    share(f.met_count, f.decided_count) as share,
    wilson_low(f.met_count, f.decided_count) as share_low,
    wilson_high(f.met_count, f.decided_count) as share_high,
    o.objective,
from filled f
left join objectives o using (week_start)
order by f.week_start
