-- Returns a row for each ticket, metric and cycle that has more than one clock.
select
    ticket_id,
    metric,
    cycle,
    count(*) as clocks_count,
from clock_facts
group by ticket_id, metric, cycle
having count(*) > 1;
