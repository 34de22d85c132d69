-- Satisfaction week by week
-- Grain: one row per week of the 13 that end with the chosen one, weeks without answers among them, the oldest first
-- Units: counts of tickets: answered is positive or not, offered has an answer or none (D21); shares 0 to 1: share is positive of answered, response
--     is answered of offered, null where there is nothing; the interval is Wilson's at 95 %
-- $policy text: the policy's id, '' for tickets that name none
-- $week date: Monday of the last week, in the reporting time zone
-- $severity text, optional: this severity's tickets only
-- $plan text, optional: this plan's tickets only
-- $account text, optional: this account's tickets only
-- $manager text, optional: tickets of the accounts of this manager only
-- $team text, optional: this team's tickets only
-- $channel text, optional: this channel's tickets only
with every_week as (
    select unnest(generate_series($week::date - 84, $week::date, interval 7 days))::date as week_start
),
counted as (
    select
        week_start,
        count(*) as offered_count,
        count(*) filter (is_answered) as answered_count,
        count(*) filter (is_positive) as positive_count,
    from scoped_ratings($policy, $week::date - 84, $week::date + 6, $severity, $plan, $account, $manager, $team, $channel)
    where reason is null
    group by week_start
),
filled as (
    select
        week_start,
        coalesce(offered_count, 0) as offered_count,
        coalesce(answered_count, 0) as answered_count,
        coalesce(positive_count, 0) as positive_count,
    from every_week
    left join counted using (week_start)
)
select
    *,
    answered_count < 10 as is_too_few,
    share(positive_count, answered_count) as share,
    wilson_low(positive_count, answered_count) as share_low,
    wilson_high(positive_count, answered_count) as share_high,
    share(answered_count, offered_count) as response,
from filled
order by week_start
