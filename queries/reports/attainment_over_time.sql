-- Attainment over weeks or months, by severity
-- Grain: one row per severity with clocks decided or running, and one for all of them (is_all_severities, first), and whole week or month of the 13 weeks or 12 months
--     that end with the one in which the period ends, those without clocks among them; severities in the policy's order, the oldest first
-- Units: counts of clocks that fell due in the week or month; shares 0 to 1 (met of met and breached), null where none was decided; the interval is
--     Wilson's at 95 %; first_on and last_on are its first and last day
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $metric text: first_response, next_response, periodic_update or resolution
-- $grain text: 'week' (from Monday, ISO) or 'month'
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $last_on date: the last day of the period, in the reporting time zone
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with spans as (
    select
        first_on::date as first_on,
        (first_on + case $grain when 'week' then interval 7 days else interval 1 month end - interval 1 day)::date as last_on,
    from (
        select unnest(generate_series(
            date_trunc($grain, $last_on::timestamp) - case $grain when 'week' then interval 84 days else interval 11 months end,
            date_trunc($grain, $last_on::timestamp),
            case $grain when 'week' then interval 7 days else interval 1 month end
        )) as first_on
    )
),
counted_severities as (
    select
        coalesce(severity, '') as severity,
        case $grain when 'week' then week_start else month_start end as first_on,
        count(*) filter (outcome = 'met') as met_count,
        count(*) filter (outcome = 'breached') as breached_count,
        count(*) filter (outcome = 'running') as running_count,
        count(*) filter (outcome = 'excluded') as excluded_count,
    from scoped_clocks(
        $policy,
        (select min(first_on) from spans),
        (select max(last_on) from spans),
        $severity, $plan, $account, $manager, $team, $channel
    )
    where metric = $metric
    group by all
),
counted as (
    select
        severity,
        first_on,
        grouping(severity) = 1 as is_all_severities,
        sum(met_count)::bigint as met_count,
        sum(breached_count)::bigint as breached_count,
        sum(running_count)::bigint as running_count,
        sum(excluded_count)::bigint as excluded_count,
    from counted_severities
    group by grouping sets ((severity, first_on), (first_on))
),
lines as (
    select severity, false as is_all_severities
    from counted_severities
    where met_count + breached_count + running_count > 0
    group by severity
    union all
    select null, true
),
versions as (
    select
        s.first_on,
        arg_max(v.version_no, coalesce(v.valid_from_at, timestamp '0001-01-01')) as version_no,
        arg_max(v.objective, coalesce(v.valid_from_at, timestamp '0001-01-01')) as objective,
    from spans s
    join policy_versions v
        on v.policy = $policy
        and coalesce(v.valid_from_at < (s.last_on::timestamp + interval 1 day) at time zone v.reporting_timezone at time zone 'UTC', true)
    group by s.first_on
),
names as (
    select severity, position, in_language(names, $language) as name
    from policy_severities
    where version_no = (select arg_max(version_no, first_on) from versions)
),
filled as (
    select
        l.severity,
        l.is_all_severities,
        s.first_on,
        s.last_on,
        coalesce(c.met_count, 0) as met_count,
        coalesce(c.breached_count, 0) as breached_count,
        coalesce(c.met_count + c.breached_count, 0) as decided_count,
        coalesce(c.running_count, 0) as running_count,
        coalesce(c.excluded_count, 0) as excluded_count,
    from lines l
    cross join spans s
    left join counted c
        on c.first_on = s.first_on
        and c.is_all_severities = l.is_all_severities
        and c.severity is not distinct from l.severity
)
select
    $metric::varchar as metric,
    $grain::varchar as grain,
    f.severity,
    coalesce(n.name, nullif(f.severity, '')) as severity_name,
    f.is_all_severities,
    f.first_on,
    f.last_on,
    f.met_count,
    f.breached_count,
    f.decided_count,
    f.decided_count < 10 as is_too_few,
    share(f.met_count, f.decided_count) as share,
    wilson_low(f.met_count, f.decided_count) as share_low,
    wilson_high(f.met_count, f.decided_count) as share_high,
    f.running_count,
    f.excluded_count,
    v.objective,
from filled f
left join versions v using (first_on)
left join names n on n.severity = f.severity
order by f.is_all_severities desc, n.position nulls last, f.severity, f.first_on
