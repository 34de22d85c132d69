-- One row a pair of instants (UTC), with the open seconds of its calendar between them: B at both by bucket, as queries/clock/clk_segments.sql has it.
create or replace temp table open_seconds as
select
    clk_promised.pair_no,
    clk_open_s(
        epoch_us(clk_promised.stopped_at) // 1000000,
        at_stop.opens_s, at_stop.lasts_s, at_stop.open_before_s, at_stop.next_opens_s, at_stop.next_lasts_s, at_stop.next_before_s
    ) - clk_open_s(
        epoch_us(clk_promised.started_at) // 1000000,
        at_start.opens_s, at_start.lasts_s, at_start.open_before_s, at_start.next_opens_s, at_start.next_lasts_s, at_start.next_before_s
    ) as open_s,
from clk_promised
join clk_buckets as at_start on at_start.calendar_no = clk_promised.calendar_no and at_start.bucket_no = clk_promised.start_bucket_no
join clk_buckets as at_stop on at_stop.calendar_no = clk_promised.calendar_no and at_stop.bucket_no = clk_promised.until_bucket_no;
