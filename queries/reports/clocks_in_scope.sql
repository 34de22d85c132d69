-- Clocks one by one
-- Grain: one row per clock of the period that the filters and the choices below let through: breached ones first, the latest of them first; then
--     running ones by what is left, met ones by the time taken, and those left out; as many as $most, beside the number of all of them
-- Units: late_s, left_s, elapsed_s and target_s open seconds (of the calendar the clock was measured by); percent is elapsed of target, in hundredths;
--     instants in the reporting time zone; clocks_count, breached_count, running_count, met_count and excluded_count count all the clocks chosen
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $first_on date, optional: the first day of the period, in the reporting time zone (rule 9)
-- $last_on date, optional: the last day of the period
-- $metric text, optional: this metric's clocks only
-- $outcome text, optional: met, breached, running or excluded; counted for the first three, measured for those and what has no target, timed for those and
--     what was solved without a reply, as time_percentiles counts what has a target
-- $reason text, optional: clocks left out for this reason only
-- $of_severity text, optional: as $severity, and '' for clocks without one
-- $of_plan text, optional: as $plan, and '' for clocks without one
-- $week date, optional: Monday of the ISO week in which the clocks count
-- $weekday integer, optional: the weekday on which the clocks began, 1 (Monday) to 7
-- $counted_weekday integer, optional: the weekday of the local day on which the clocks count, 1 (Monday) to 7
-- $hour integer, optional: the hour in which the clocks began, 0 to 23
-- $share_low integer, optional: clocks with more than so many hundredths of their target elapsed
-- $share_high integer, optional: clocks with at most so many hundredths of their target elapsed
-- $answered text, optional: yes for clocks that ended as their metric asks, no for the others
-- $agent text, optional: this agent's clocks only
-- $most integer, optional: no more rows than this
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with zones as (
    select version_no, reporting_timezone as zone
    from policy_versions
),
chosen as (
    select
        c.*,
        coalesce(z.zone, 'UTC') as zone,
    from scoped_clocks($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel) c
    left join zones z using (version_no)
    where ($metric::varchar is null or c.metric = $metric)
        and (
            $outcome::varchar is null
            or c.outcome = $outcome
            or $outcome in ('counted', 'measured', 'timed') and c.outcome <> 'excluded'
            or $outcome = 'measured' and c.reason = 'no_target'
            or $outcome = 'timed' and c.reason = 'solved_without_reply'
        )
        and ($reason::varchar is null or c.reason = $reason)
        and ($of_severity::varchar is null or coalesce(c.severity, '') = $of_severity)
        and ($of_plan::varchar is null or coalesce(c.plan, '') = $of_plan)
        and ($agent::varchar is null or c.agent = $agent)
        and ($week::date is null or c.week_start = $week)
        and ($share_low::bigint is null or c.elapsed_s * 100 > c.target_s * $share_low)
        and ($share_high::bigint is null or c.elapsed_s * 100 <= c.target_s * $share_high)
        and ($answered::varchar is null or is_answered(c.metric, c.stopped_by) = ($answered = 'yes'))
        and ($weekday::integer is null or isodow(c.started_at at time zone 'UTC' at time zone coalesce(z.zone, 'UTC')) = $weekday)
        and ($counted_weekday::integer is null or isodow(c.counted_on) = $counted_weekday)
        and ($hour::integer is null or hour(c.started_at at time zone 'UTC' at time zone coalesce(z.zone, 'UTC')) = $hour)
),
counted as (
    select
        count(*) as clocks_count,
        count(*) filter (outcome = 'breached') as breached_count,
        count(*) filter (outcome = 'running') as running_count,
        count(*) filter (outcome = 'met') as met_count,
        count(*) filter (outcome = 'excluded') as excluded_count,
    from chosen
),
ranked as (
    select
        *,
        case outcome when 'breached' then 1 when 'running' then 2 when 'met' then 3 else 4 end as rank,
        case outcome when 'running' then target_s - elapsed_s else -coalesce(late_s, elapsed_s) end as urgency_s,
    from chosen
    order by rank, urgency_s, ticket_id, metric, cycle
    limit $most
)
select
    r.ticket_id,
    r.metric,
    r.cycle,
    r.outcome,
    r.reason,
    r.late_s,
    case when r.outcome = 'running' then r.target_s - r.elapsed_s end as left_s,
    r.elapsed_s,
    r.target_s,
    case when r.target_s > 0 then floor(r.elapsed_s * 100 / r.target_s)::bigint end as percent,
    is_answered(r.metric, r.stopped_by) as is_answered,
    r.is_open,
    r.calendar,
    r.started_at at time zone 'UTC' at time zone r.zone as started_local,
    r.due_at at time zone 'UTC' at time zone r.zone as due_local,
    r.stopped_at at time zone 'UTC' at time zone r.zone as stopped_local,
    coalesce(in_language(s.names, $language), r.severity) as severity,
    coalesce(in_language(p.names, $language), r.plan) as plan,
    coalesce(a.name, r.account) as account,
    coalesce(g.name, r.agent) as agent,
    r.team,
    r.channel,
    n.*,
from ranked r
cross join counted n
left join policy_severities s on s.version_no = r.version_no and s.severity = r.severity
left join policy_plans p on p.version_no = r.version_no and p.plan = r.plan
left join accounts_now a on a.account = r.account
left join (select agent, max(name) as name from agents where name is not null group by agent) g on g.agent = r.agent
order by r.rank, r.urgency_s, r.ticket_id, r.metric, r.cycle
