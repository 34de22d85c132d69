-- One row a ticket whose own columns put a reply or a notice before its creation, where no event of that kind says better (D4). Instants UTC.
-- Parameters: $as_of.
create or replace temp table clk_misplaced as
with known as (
    select distinct
        ticket_no,
        kind,
    from events
    where events.at <= $as_of and ticket_no in (from shard_tickets)
        and (kind = 'acknowledged' or (kind = 'message' and public and events.by = 'agent'))
        and ticket_no in (select ticket_no from clk_tickets where first_reply_at < created_at or acknowledged_at < created_at)
)
select
    clk_tickets.ticket_no,
    case when first_reply_at < created_at and replies.ticket_no is null then first_reply_at end as reply_at,
    case when acknowledged_at < created_at and notices.ticket_no is null then acknowledged_at end as notice_at,
from clk_tickets
left join known as replies on replies.ticket_no = clk_tickets.ticket_no and replies.kind = 'message'
left join known as notices on notices.ticket_no = clk_tickets.ticket_no and notices.kind = 'acknowledged'
where first_reply_at < created_at or acknowledged_at < created_at;
