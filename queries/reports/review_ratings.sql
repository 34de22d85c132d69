-- Surveys of an account that a review's satisfaction can rest on
-- Grain: one row per ticket that was offered a survey or answered one and counts between the two days
-- Units: counted_on local date of the reporting time zone (D21); instants UTC
-- $account text: the account
-- $first_on date: the first day, in the reporting time zone
-- $last_on date: the last day, in the reporting time zone
select
    coalesce(policy, '') as policy,
    ticket_id,
    counted_on,
    offered_at,
    rated_at,
    is_answered,
    is_positive,
    reason,
    comment is not null as has_comment,
from rated_tickets
where account = $account and counted_on between $first_on and $last_on
order by ticket_id
