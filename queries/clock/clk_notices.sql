-- One row a notice that a ticket was registered, from its creation to the as-of instant; else the ticket's own acknowledged_at (D4). Instants UTC.
-- Parameters: $as_of.
create or replace temp table clk_notices as
with notices as (
    select
        events.ticket_no,
        events.at as noticed_at,
        events.rowid as event_no,
        case when events.by = 'agent' then events.author end as author,
        events.at >= clk_tickets.created_at as is_in_time,
    from events
    join clk_tickets using (ticket_no)
    where events.kind = 'acknowledged' and events.at <= $as_of and events.ticket_no in (from shard_tickets)
)
select
    ticket_no,
    noticed_at,
    event_no,
    author,
from notices
where is_in_time
union all
select
    ticket_no,
    acknowledged_at as noticed_at,
    -1 as event_no,
    null as author,
from clk_tickets
anti join notices using (ticket_no)
where acknowledged_at between created_at and $as_of;
