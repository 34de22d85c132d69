-- Time taken against the target
-- Grain: one row per band of elapsed time in hundredths of the target (over_percent < elapsed <= to_percent, so that exactly at the target is in time),
--     those without clocks among them, the shortest first; the last has no end
-- Units: counts of clocks with a verdict or running that count in the period (rule 9); answered_count is those that ended as their metric asks,
--     unanswered_count those still without an end or solved without a reply
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
with bands as (
    select
        row_number() over (order by over_percent nulls first) as band,
        over_percent,
        lead(over_percent) over (order by over_percent nulls first) as to_percent,
    from (values (null), (25), (50), (75), (90), (100), (150), (200)) b(over_percent)
),
counted as (
    select
        case
            when elapsed_s * 100 <= target_s * 25 then 1
            when elapsed_s * 100 <= target_s * 50 then 2
            when elapsed_s * 100 <= target_s * 75 then 3
            when elapsed_s * 100 <= target_s * 90 then 4
            when elapsed_s <= target_s then 5
            when elapsed_s * 100 <= target_s * 150 then 6
            when elapsed_s <= target_s * 2 then 7
            else 8
        end as band,
        is_answered(metric, stopped_by) as is_answered,
        outcome,
        count(*) as clocks_count,
    from scoped_clocks($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where metric = $metric and outcome in ('met', 'breached', 'running')
    group by all
)
select
    b.band,
    b.over_percent,
    b.to_percent,
    coalesce(sum(c.clocks_count), 0)::bigint as clocks_count,
    coalesce(sum(c.clocks_count) filter (c.is_answered), 0)::bigint as answered_count,
    coalesce(sum(c.clocks_count) filter (not c.is_answered), 0)::bigint as unanswered_count,
    coalesce(sum(c.clocks_count) filter (c.outcome = 'met'), 0)::bigint as met_count,
    coalesce(sum(c.clocks_count) filter (c.outcome = 'breached'), 0)::bigint as breached_count,
    coalesce(sum(c.clocks_count) filter (c.outcome = 'running'), 0)::bigint as running_count,
from bands b
left join counted c using (band)
group by all
order by b.band
