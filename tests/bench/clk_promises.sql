-- One row a calendar of the pairs, as the models of buckets ask a shard for the calendars of its promises.
create or replace temp table clk_promises as
select distinct calendar_no
from pairs;
