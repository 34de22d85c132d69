-- One row: the first instant (UTC) of the pairs, as the models of buckets ask a shard for its first creation.
create or replace temp table clk_tickets as
select min(started_at) as created_at
from pairs;
