-- Severity by plan in a period
-- Grain: one row for every severity with every plan that the policy knows or the period's clocks have, of those the filters leave, and one per total
--     (is_all_severities, is_all_plans); in the policy's order, what it does not know after that, totals last; '' for clocks without one
-- Units: counts of clocks that fell due in the period; shares 0 to 1 (met of met and breached), null where none was decided; the interval is Wilson's
--     at 95 %; target_s open seconds
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
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with version as (
    select version_no
    from policy_versions
    where policy = $policy
        and coalesce(valid_from_at < ($last_on::timestamp + interval 1 day) at time zone reporting_timezone at time zone 'UTC', true)
    order by valid_from_at desc nulls last
    limit 1
),
counted_cells as (
    select
        coalesce(severity, '') as severity,
        coalesce(plan, '') as plan,
        count(*) filter (outcome = 'met') as met_count,
        count(*) filter (outcome = 'breached') as breached_count,
        count(*) filter (outcome = 'running') as running_count,
        count(*) filter (outcome = 'excluded') as excluded_count,
    from scoped_clocks($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where metric = $metric
    group by all
),
severities as (
    select severity, position, in_language(names, $language) as name
    from policy_severities
    where version_no = (select version_no from version) and ($severity::varchar is null or severity = $severity)
),
plans as (
    select plan, position, in_language(names, $language) as name
    from policy_plans
    where version_no = (select version_no from version) and ($plan::varchar is null or plan = $plan)
),
shown as (
    select s.severity, p.plan
    from (select severity from severities union select severity from counted_cells) s
    cross join (select plan from plans union select plan from counted_cells) p
),
counted as (
    select
        s.severity,
        s.plan,
        grouping(s.severity) = 1 as is_all_severities,
        grouping(s.plan) = 1 as is_all_plans,
        coalesce(sum(c.met_count), 0)::bigint as met_count,
        coalesce(sum(c.breached_count), 0)::bigint as breached_count,
        coalesce(sum(c.running_count), 0)::bigint as running_count,
        coalesce(sum(c.excluded_count), 0)::bigint as excluded_count,
    from shown s
    left join counted_cells c using (severity, plan)
    group by grouping sets ((s.severity, s.plan), (s.severity), (s.plan), ())
),
promised as (
    select
        g.severity,
        g.plan,
        t.target_s,
    from target_grid g
    join targets t using (target_no)
    where g.version_no = (select version_no from version) and g.metric = $metric
)
select
    c.severity,
    coalesce(s.name, nullif(c.severity, '')) as severity_name,
    c.plan,
    coalesce(p.name, nullif(c.plan, '')) as plan_name,
    c.is_all_severities,
    c.is_all_plans,
    t.target_s,
    t.target_s is not null as has_target,
    c.met_count,
    c.breached_count,
    c.met_count + c.breached_count as decided_count,
    c.met_count + c.breached_count < 10 as is_too_few,
    share(c.met_count, c.met_count + c.breached_count) as share,
    wilson_low(c.met_count, c.met_count + c.breached_count) as share_low,
    wilson_high(c.met_count, c.met_count + c.breached_count) as share_high,
    c.running_count,
    c.excluded_count,
from counted c
left join severities s on s.severity = c.severity
left join plans p on p.plan = c.plan
left join promised t
    on (t.severity = c.severity or t.severity = '' and not c.is_all_severities)
    and (t.plan = c.plan or t.plan = '' and not c.is_all_plans)
order by c.is_all_severities, s.position nulls last, c.severity, c.is_all_plans, p.position nulls last, c.plan
