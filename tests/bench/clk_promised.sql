-- One row a pair of instants (UTC) with the buckets of its two ends, as queries/clock/clk_promised.sql has them.
create or replace temp table clk_promised as
select
    pairs.*,
    clk_bucket_sizes.bucket_s,
    epoch_us(pairs.started_at) // 1000000 // clk_bucket_sizes.bucket_s as start_bucket_no,
    epoch_us(pairs.stopped_at) // 1000000 // clk_bucket_sizes.bucket_s as until_bucket_no,
from pairs
join clk_bucket_sizes on clk_bucket_sizes.calendar_no = pairs.calendar_no;
