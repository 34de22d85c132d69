-- One row a clock under one target in force, as clk_promised. Instants UTC.
-- start_s and until_s: B of the promise's calendar at the clock's start and at the segment's end.
create or replace temp table clk_segments as
select
    clk_promised.* exclude (bucket_s, start_bucket_no, until_bucket_no),
    clk_open_s(
        epoch_us(clk_promised.started_at) // 1000000,
        at_start.opens_s, at_start.lasts_s, at_start.open_before_s, at_start.next_opens_s, at_start.next_lasts_s, at_start.next_before_s
    ) as start_s,
    clk_open_s(
        epoch_us(clk_promised.until_at) // 1000000,
        at_until.opens_s, at_until.lasts_s, at_until.open_before_s, at_until.next_opens_s, at_until.next_lasts_s, at_until.next_before_s
    ) as until_s,
from clk_promised
join clk_buckets as at_start
    on at_start.calendar_no = clk_promised.calendar_no and at_start.bucket_no = clk_promised.start_bucket_no
join clk_buckets as at_until
    on at_until.calendar_no = clk_promised.calendar_no and at_until.bucket_no = clk_promised.until_bucket_no;
