-- One row a clock; see queries/clock/clk_facts.sql. Made empty here and filled shard by shard.
create table clock_facts as
from clk_facts
with no data;
