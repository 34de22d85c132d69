-- One row a bucket of time in which a clock of the shard starts or ends under a calendar: the stretch of open time that began last before the bucket
-- or with it, and the one that begins within it (null: none). Instants in seconds since 1970, durations in open seconds; B as in queries/README.md.
-- An instant finds its bucket by its number, so that B(t) is one join of equals.
create or replace temp table clk_buckets as
with buckets as (
    select
        calendar_no,
        bucket_s,
        start_bucket_no as bucket_no,
    from clk_promised
    union
    select
        calendar_no,
        bucket_s,
        until_bucket_no as bucket_no,
    from clk_promised
),
starting as (
    select
        calendar_no,
        bucket_no,
        make_timestamp(bucket_no * bucket_s * 1000000) as starts_at,
    from buckets
),
spans as (
    select
        clk_hours.calendar_no,
        epoch_us(clk_hours.opens_at) // 1000000 // clk_bucket_sizes.bucket_s as bucket_no,
        clk_hours.opens_at,
        epoch_us(clk_hours.opens_at) // 1000000 as opens_s,
        date_diff('second', clk_hours.opens_at, clk_hours.closes_at) as lasts_s,
        clk_hours.open_before_s,
    from clk_hours
    join clk_bucket_sizes using (calendar_no)
)
select
    starting.calendar_no,
    starting.bucket_no,
    before.opens_s,
    before.lasts_s,
    before.open_before_s,
    within.opens_s as next_opens_s,
    within.lasts_s as next_lasts_s,
    within.open_before_s as next_before_s,
from starting
asof join spans as before on before.calendar_no = starting.calendar_no and starting.starts_at >= before.opens_at
left join spans as within
    on within.calendar_no = starting.calendar_no and within.bucket_no = starting.bucket_no and within.opens_at > starting.starts_at;
