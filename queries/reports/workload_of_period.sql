-- Work of a period, and what is open now
-- Grain: one row
-- Units: counts of tickets, replies and solves in the period; unsigned_replies_count: those whose writer no event names; the others count tickets at
--     the as-of instant, whatever the period; oldest_waited_s seconds of the wall clock; oldest_passed_by_count: younger tickets that had their
--     first reply
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $first_on date: the first day of the period, in the reporting time zone
-- $last_on date: the last day of the period
with done as (
    select
        count(*) filter (kind = 'arrival') as arrivals_count,
        count(*) filter (kind = 'left_out') as left_out_count,
        count(*) filter (kind = 'reopening') as reopenings_count,
        count(*) filter (kind = 'reply') as replies_count,
        count(*) filter (kind = 'reply' and not has_author) as unsigned_replies_count,
        count(*) filter (kind = 'solve') as solves_count,
    from scoped_work($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
),
queue as (
    select
        count(*) as open_count,
        count(*) filter (state = 'on_us') as on_us_count,
        count(*) filter (state = 'on_customer') as on_customer_count,
        count(*) filter (state = 'on_hold') as on_hold_count,
        count(*) filter (state = 'in_hand') as in_hand_count,
        arg_min(ticket_no, (waiting_from_at, ticket_no)) filter (state = 'on_us') as oldest_no,
    from scoped_open_tickets($policy, $severity, $plan, $account, $manager, $team, $channel)
)
select
    d.*,
    q.* exclude (oldest_no),
    o.ticket_id as oldest_ticket_id,
    o.waited_s as oldest_waited_s,
    w.passed_by_count as oldest_passed_by_count,
from done d
cross join queue q
left join open_tickets o on o.ticket_no = q.oldest_no
left join first_waits w on w.ticket_no = q.oldest_no and o.waits_for = 'first_response'
