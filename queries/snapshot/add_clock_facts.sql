-- Adds the clocks of the shard that was just measured, as they come.
insert into clock_facts
from clk_facts;
