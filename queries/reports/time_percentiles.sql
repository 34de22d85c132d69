-- Percentiles of the time taken, by severity
-- Grain: one row per severity with clocks that have a target (has_target), one per severity with clocks that have none, and over each kind one for all
--     severities (is_all_severities, last) where there are several; in the policy's order
-- Units: counts of clocks that count in the period (rule 9): those with a verdict or running, or left out because they were solved without a reply
--     (D35) or for want of a target; open seconds of the calendar that measured them; percentiles by Kaplan and Meier (1958): one without an end, or
--     solved without a reply, counts as "at least this long"; a percentile that the data cannot reach is null and longest_s is what it exceeds; targets
--     from least_target_s to most_target_s
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
names as (
    select severity, position, in_language(names, $language) as name
    from policy_severities
    where version_no = (select version_no from version)
),
times as (
    select
        coalesce(severity, '') as severity,
        reason is distinct from 'no_target' as has_target,
        elapsed_s,
        count(*) as clocks_count,
        count(*) filter (is_answered(metric, stopped_by)) as answered_count,
        count(*) filter (is_open) as open_count,
        min(target_s) as least_target_s,
        max(target_s) as most_target_s,
        min(calendar) as first_calendar,
        max(calendar) as last_calendar,
    from scoped_clocks($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where metric = $metric and (outcome <> 'excluded' or reason in ('no_target', 'solved_without_reply'))
    group by all
),
steps as (
    select
        has_target,
        severity,
        grouping(severity) = 1 as is_all_severities,
        elapsed_s,
        sum(answered_count) as answered_count,
        sum(sum(clocks_count)) over (partition by has_target, grouping(severity), severity order by elapsed_s desc) as at_risk_count,
    from times
    group by grouping sets ((has_target, severity, elapsed_s), (has_target, elapsed_s))
),
curve as (
    select
        has_target,
        severity,
        is_all_severities,
        elapsed_s,
        product(1 - answered_count / at_risk_count)
            over (partition by has_target, is_all_severities, severity order by elapsed_s) as waiting_share,
    from steps
),
percentiles as (
    select
        has_target,
        severity,
        is_all_severities,
        min(elapsed_s) filter (waiting_share <= 0.5 + 1e-9) as p50_s,
        min(elapsed_s) filter (waiting_share <= 0.25 + 1e-9) as p75_s,
        min(elapsed_s) filter (waiting_share <= 0.1 + 1e-9) as p90_s,
        min(elapsed_s) filter (waiting_share <= 0.05 + 1e-9) as p95_s,
        max(elapsed_s) as longest_s,
    from curve
    group by all
),
counted as (
    select
        has_target,
        severity,
        grouping(severity) = 1 as is_all_severities,
        sum(clocks_count)::bigint as clocks_count,
        sum(answered_count)::bigint as answered_count,
        sum(open_count)::bigint as open_count,
        case when has_target then min(least_target_s) end as least_target_s,
        case when has_target then max(most_target_s) end as most_target_s,
        case when min(first_calendar) = max(last_calendar) then min(first_calendar) end as calendar,
        count(distinct severity) as severities_count,
    from times
    group by grouping sets ((has_target, severity), (has_target))
)
select
    c.has_target,
    c.severity,
    coalesce(n.name, nullif(c.severity, '')) as severity_name,
    c.is_all_severities,
    c.clocks_count,
    c.answered_count,
    c.clocks_count - c.answered_count as unanswered_count,
    c.open_count,
    c.clocks_count < 10 as is_too_few,
    p.p50_s,
    p.p75_s,
    p.p90_s,
    p.p95_s,
    p.longest_s,
    c.least_target_s,
    c.most_target_s,
    c.calendar,
from counted c
join percentiles p
    on p.has_target = c.has_target
    and p.is_all_severities = c.is_all_severities
    and p.severity is not distinct from c.severity
left join names n on n.severity = c.severity
where not c.is_all_severities or c.severities_count > 1
order by c.has_target desc, c.is_all_severities, n.position nulls last, c.severity
