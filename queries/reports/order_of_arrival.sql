-- Whether tickets had their first reply in the order of arrival
-- Grain: one row
-- Units: first replies written in the period; in_order_count of them: no older ticket of the policy, whatever the filters, still waited for its first
--     one; share 0 to 1, its interval is Wilson's at 95 %; waiting_count: tickets that wait for it at the as-of instant, whatever the period
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $first_on date: the first day of the period, in the reporting time zone
-- $last_on date: the last day of the period
with counted as (
    select
        count(*) as replies_count,
        count(*) filter (is_in_order) as in_order_count,
    from scoped_first_replies($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
),
waiting as (
    select count(*) as waiting_count
    from scoped_open_tickets($policy, $severity, $plan, $account, $manager, $team, $channel)
    where waits_for = 'first_response'
)
select
    c.*,
    c.replies_count < 10 as is_too_few,
    share(c.in_order_count, c.replies_count) as share,
    wilson_low(c.in_order_count, c.replies_count) as share_low,
    wilson_high(c.in_order_count, c.replies_count) as share_high,
    w.waiting_count,
from counted c
cross join waiting w
