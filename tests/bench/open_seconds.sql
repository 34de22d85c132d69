-- One row a pair of instants (UTC), with the open seconds of its calendar between them: B at both by bucket, as queries/clock/clk_segments.sql has it.
create or replace temp table open_seconds as
with numbered as materialized (
    select
        pairs.*,
        epoch_us(pairs.started_at) // 1000000 // clk_bucket_sizes.bucket_s as start_bucket_no,
        epoch_us(pairs.stopped_at) // 1000000 // clk_bucket_sizes.bucket_s as stop_bucket_no,
    from pairs
    join clk_bucket_sizes on clk_bucket_sizes.calendar_no = pairs.calendar_no
)
select
    numbered.pair_no,
    clk_open_s(
        epoch_us(numbered.stopped_at) // 1000000,
        at_stop.opens_s, at_stop.lasts_s, at_stop.open_before_s, at_stop.next_opens_s, at_stop.next_lasts_s, at_stop.next_before_s
    ) - clk_open_s(
        epoch_us(numbered.started_at) // 1000000,
        at_start.opens_s, at_start.lasts_s, at_start.open_before_s, at_start.next_opens_s, at_start.next_lasts_s, at_start.next_before_s
    ) as open_s,
from numbered
join clk_buckets as at_start on at_start.calendar_no = numbered.calendar_no and at_start.bucket_no = numbered.start_bucket_no
join clk_buckets as at_stop on at_stop.calendar_no = numbered.calendar_no and at_stop.bucket_no = numbered.stop_bucket_no;
