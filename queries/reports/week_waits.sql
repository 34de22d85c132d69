-- Waiting times where nothing is promised
-- Grain: one row per metric with clocks without a target that belongs to the week; first and next response always
-- Units: counts of clocks; open seconds of the calendar that measured them; percentiles by Kaplan and Meier (1958), an
--     unanswered wait counts as "at least this long"; a percentile the data cannot reach yet is null and longest_s is
--     what it exceeds
-- $policy text: the policy's id
-- $week date: Monday of the ISO week in the reporting time zone
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
with waits as (
    select
        c.metric,
        c.elapsed_s,
        is_answered(c.metric, c.stopped_by) as is_answered,
        c.is_open,
        c.calendar,
    from scoped_clocks($policy, $week, $week::date + 6, $severity, $plan, $account, $manager, $team, $channel) c
    where c.reason = 'no_target'
),
steps as (
    select
        metric,
        elapsed_s,
        count(*) filter (is_answered) as answered_count,
        sum(count(*)) over (partition by metric order by elapsed_s desc) as at_risk_count,
    from waits
    group by metric, elapsed_s
),
curve as (
    select
        metric,
        elapsed_s,
        product(1 - answered_count / at_risk_count) over (partition by metric order by elapsed_s) as waiting_share,
    from steps
),
percentiles as (
    select
        metric,
        min(elapsed_s) filter (waiting_share <= 0.5 + 1e-9) as median_s,
        min(elapsed_s) filter (waiting_share <= 0.1 + 1e-9) as p90_s,
        max(elapsed_s) as longest_s,
    from curve
    group by metric
),
counted as (
    select
        metric,
        count(*) as clocks_count,
        count(*) filter (is_answered) as answered_count,
        count(*) filter (is_open) as open_count,
        max(calendar) as calendar,
    from waits
    group by metric
),
histories as (
    select exists (
        select 1
        from events e
        join clock_facts c on c.ticket_no = e.ticket_no and c.metric = 'first_response' and c.cycle = 1
        where e.kind = 'message' and coalesce(c.policy, '') = $policy
    ) as has_history
)
select
    m.metric,
    m.metric <> 'next_response' or h.has_history as is_in_export,
    coalesce(c.clocks_count, 0) as clocks_count,
    coalesce(c.answered_count, 0) as answered_count,
    coalesce(c.open_count, 0) as open_count,
    p.median_s,
    p.p90_s,
    p.longest_s,
    c.calendar,
from (values ('first_response', 1), ('next_response', 2), ('periodic_update', 3), ('resolution', 4)) m(metric, position)
cross join histories h
left join counted c using (metric)
left join percentiles p using (metric)
where m.position <= 2 or c.clocks_count > 0
order by m.position
