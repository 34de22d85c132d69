-- One row a clock that nobody known stopped, of a ticket that was assigned by events: who it was assigned to at the clock's end (D13).
-- Parameters: $as_of.
create or replace temp table clk_owners as
with assignments as (
    select
        ticket_no,
        events.at as assigned_at,
        value as agent,
        lead(events.at) over (partition by ticket_no order by events.rowid) as next_at,
    from events
    where kind = 'assigned' and events.at <= $as_of and ticket_no in (from shard_tickets)
),
held as (
    select
        ticket_no,
        assigned_at,
        agent,
    from assignments
    where next_at is null or next_at > assigned_at
)
select
    clk_spans.clock_no,
    held.agent,
from clk_spans
asof join held on held.ticket_no = clk_spans.ticket_no and clk_spans.end_at >= held.assigned_at
where clk_spans.stopped_by_author is null;
