-- Attainment by hour and weekday of arrival
-- Grain: one row per weekday and hour at which a clock of the period began, in the reporting time zone; those without clocks are left out
-- Units: counts of clocks that count in the period (rule 9); clocks_count is met, breached and running, and of a metric without a target all that were
--     measured; shares 0 to 1 (met of met and breached); weekday 1 (Monday) to 7, hour 0 to 23
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $metric text: first_response, next_response, periodic_update or resolution
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $first_on date: the first day of the period, in the reporting time zone
-- $last_on date: the last day of the period
with instants as (
    select
        version_no,
        date_trunc('hour', started_at) + to_minutes((minute(started_at) // 15) * 15) as quarter_at,
        count(*) filter (outcome = 'met') as met_count,
        count(*) filter (outcome = 'breached') as breached_count,
        count(*) filter (outcome = 'running') as running_count,
        count(*) filter (reason = 'no_target') as unpromised_count,
    from scoped_clocks($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where metric = $metric and (outcome <> 'excluded' or reason = 'no_target')
    group by all
),
arrivals as (
    select
        i.*,
        i.quarter_at at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC') as quarter_local,
    from instants i
    left join policy_versions v using (version_no)
),
counted as (
    select
        isodow(quarter_local) as weekday,
        hour(quarter_local) as hour,
        sum(met_count)::bigint as met_count,
        sum(breached_count)::bigint as breached_count,
        sum(running_count)::bigint as running_count,
        sum(unpromised_count)::bigint as unpromised_count,
    from arrivals
    group by all
)
select
    weekday,
    hour,
    met_count + breached_count + running_count + unpromised_count as clocks_count,
    met_count,
    breached_count,
    met_count + breached_count as decided_count,
    met_count + breached_count < 10 as is_too_few,
    share(met_count, met_count + breached_count) as share,
    wilson_low(met_count, met_count + breached_count) as share_low,
    wilson_high(met_count, met_count + breached_count) as share_high,
    running_count,
    unpromised_count,
from counted
order by weekday, hour
