-- Satisfaction in a period
-- Grain: one row
-- Units: counts of tickets: answered is positive or not, offered has an answer or none (D21); shares 0 to 1: share is positive of answered, response
--     is answered of offered, null where there is nothing; intervals are Wilson's at 95 %; before is the period before, change the difference of the two shares
--     (points of 1), null where either has under 10 answers, and its interval is Newcombe's at 95 %; mean_score is null where answers are on several
--     scales; left_out_count counts answers of merged tickets, duplicates and spam
-- $policy text: the policy's id, '' for tickets that name none
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $before_first_on date: first day of the period before
-- $before_last_on date: last day of the period before
-- $severity text, optional: this severity's tickets only
-- $plan text, optional: this plan's tickets only
-- $account text, optional: this account's tickets only
-- $manager text, optional: tickets of the accounts of this manager only
-- $team text, optional: this team's tickets only
-- $channel text, optional: this channel's tickets only
with counted as (
    select
        count(*) filter (is_now and reason is null) as offered_count,
        count(*) filter (is_now and reason is null and is_answered) as answered_count,
        count(*) filter (is_now and reason is null and is_positive) as positive_count,
        count(*) filter (is_now and reason is not null and is_answered) as left_out_count,
        avg(score) filter (is_now and reason is null) as mean_score,
        min(scale_min) filter (is_now and reason is null) = max(scale_min) filter (is_now and reason is null)
            and min(scale_max) filter (is_now and reason is null) = max(scale_max) filter (is_now and reason is null) as is_one_scale,
        count(*) filter (not is_now and reason is null) as before_offered_count,
        count(*) filter (not is_now and reason is null and is_answered) as before_answered_count,
        count(*) filter (not is_now and reason is null and is_positive) as before_positive_count,
    from (
        select
            *,
            counted_on >= $first_on as is_now,
        from scoped_ratings($policy, $before_first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
        where counted_on >= $first_on or counted_on <= $before_last_on
    )
)
select
    offered_count,
    answered_count,
    positive_count,
    answered_count < 10 as is_too_few,
    share(positive_count, answered_count) as share,
    wilson_low(positive_count, answered_count) as share_low,
    wilson_high(positive_count, answered_count) as share_high,
    offered_count < 10 as is_response_too_few,
    share(answered_count, offered_count) as response,
    wilson_low(answered_count, offered_count) as response_low,
    wilson_high(answered_count, offered_count) as response_high,
    case when is_one_scale then mean_score end as mean_score,
    left_out_count,
    before_offered_count,
    before_answered_count,
    before_positive_count,
    share(before_positive_count, before_answered_count) as before_share,
    share(before_answered_count, before_offered_count) as before_response,
    case when answered_count >= 10 and before_answered_count >= 10
        then share(positive_count, answered_count) - share(before_positive_count, before_answered_count)
    end as change,
    case when answered_count >= 10 and before_answered_count >= 10
        then difference_low(positive_count, answered_count, before_positive_count, before_answered_count)
    end as change_low,
    case when answered_count >= 10 and before_answered_count >= 10
        then -difference_low(before_positive_count, before_answered_count, positive_count, answered_count)
    end as change_high,
    exists (from rated_tickets) as is_in_export,
    exists (from rated_tickets where coalesce(policy, '') = $policy) as is_in_policy,
from counted
