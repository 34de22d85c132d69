-- Adds the clocks of the shard that was just measured, in the order of tickets.
insert into clock_facts
from clk_facts
order by ticket_no, metric, cycle;
