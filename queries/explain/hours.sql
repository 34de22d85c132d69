-- One row a stretch of open time of the calendar of a clock of $ticket_no, in order, from the clock's start to its end or its due instant, whichever is
-- later. Instants UTC. Parameters: $ticket_no.
with clocks as (
    select
        clk_facts.metric,
        clk_facts.cycle,
        coalesce(clk_facts.calendar_no, -1) as calendar_no,
        clk_facts.started_at,
        greatest(clk_spans.end_at, coalesce(clk_facts.due_at, clk_spans.end_at)) as until_at,
    from clk_facts
    join clk_spans
        on clk_spans.ticket_no = clk_facts.ticket_no and clk_spans.metric = clk_facts.metric and clk_spans.cycle = clk_facts.cycle
    where clk_facts.ticket_no = $ticket_no
)
select
    clocks.metric,
    clocks.cycle,
    greatest(clk_hours.opens_at, clocks.started_at) as opens_at,
    least(clk_hours.closes_at, clocks.until_at) as closes_at,
from clocks
join clk_hours
    on clk_hours.calendar_no = clocks.calendar_no and clk_hours.opens_at < clocks.until_at and clk_hours.closes_at > clocks.started_at
order by
    clocks.metric,
    clocks.cycle,
    opens_at;
