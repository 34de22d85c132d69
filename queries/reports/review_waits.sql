-- Waiting times of an account where nothing is promised
-- Grain: one row per metric with clocks without a target that count in the period
-- Units: counts of clocks; open seconds of the calendar that measured them; percentiles by Kaplan and Meier (1958), an unanswered wait counts as "at least
--     this long"; a percentile that the data cannot reach yet is null and longest_s is what it exceeds; before is the period before
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $account text: the account
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $before_first_on date: first day of the period before
-- $before_last_on date: last day of the period before
with waits as (
    select
        metric,
        counted_on >= $first_on as is_chosen,
        elapsed_s,
        stopped_by is not null and (stopped_by <> 'solve' or metric = 'resolution') as has_ended,
    from scoped_clocks($policy, $before_first_on, $last_on, null, null, $account, null, null, null)
    where reason = 'no_target' and (counted_on >= $first_on or counted_on <= $before_last_on)
),
steps as (
    select
        metric,
        is_chosen,
        elapsed_s,
        count(*) filter (has_ended) as ended_count,
        sum(count(*)) over (partition by metric, is_chosen order by elapsed_s desc) as at_risk_count,
    from waits
    group by metric, is_chosen, elapsed_s
),
curve as (
    select
        metric,
        is_chosen,
        elapsed_s,
        product(1 - ended_count / at_risk_count) over (partition by metric, is_chosen order by elapsed_s) as waiting_share,
    from steps
),
percentiles as (
    select
        metric,
        is_chosen,
        min(elapsed_s) filter (waiting_share <= 0.5 + 1e-9) as median_s,
        min(elapsed_s) filter (waiting_share <= 0.1 + 1e-9) as p90_s,
        max(elapsed_s) as longest_s,
    from curve
    group by metric, is_chosen
),
counted as (
    select
        metric,
        is_chosen,
        count(*) as clocks_count,
        count(*) filter (has_ended) as answered_count,
    from waits
    group by metric, is_chosen
)
select
    c.metric,
    c.clocks_count,
    c.answered_count,
    p.median_s,
    p.p90_s,
    p.longest_s,
    coalesce(b.clocks_count, 0) as before_clocks_count,
    q.median_s as before_median_s,
from counted c
join percentiles p on p.metric = c.metric and p.is_chosen
left join counted b on b.metric = c.metric and not b.is_chosen
left join percentiles q on q.metric = c.metric and not q.is_chosen
where c.is_chosen
order by list_position(['first_response', 'next_response', 'periodic_update', 'resolution'], c.metric)
