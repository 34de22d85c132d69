-- One row a public message by a customer or an agent on a ticket, from its creation to the as-of instant; where no event tells of a public
-- message by an agent, the ticket's own first_reply_at is one (D4). Instants UTC.
-- Parameters: $as_of.
create or replace temp table clk_messages as
with messages as (
    select
        events.ticket_no,
        events.at as sent_at,
        events.by = 'agent' as is_reply,
        events.rowid as event_no,
        events.author,
        events.at >= clk_tickets.created_at as is_in_time,
    from events
    join clk_tickets using (ticket_no)
    where events.kind = 'message' and events.public and events.by in ('customer', 'agent') and events.at <= $as_of
        and events.ticket_no in (from shard_tickets)
)
select
    ticket_no,
    sent_at,
    is_reply,
    event_no,
    author,
from messages
where is_in_time
union all
select
    ticket_no,
    first_reply_at as sent_at,
    true as is_reply,
    -1 as event_no,
    agent as author,
from clk_tickets
anti join (from messages where is_reply) using (ticket_no)
where first_reply_at between created_at and $as_of;
