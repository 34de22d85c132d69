-- One row a calendar that a ticket of the shard may be measured by, with the seconds of its buckets: the longest in which it never opens twice.
create or replace temp table clk_bucket_sizes as
select
    calendar_no,
    bucket_s,
from (
    select
        clk_hours.calendar_no,
        sizes.bucket_s,
        count(*) as openings_count,
    from clk_hours
    cross join (values (3600), (900), (60), (1)) as sizes (bucket_s)
    where clk_hours.calendar_no in (select calendar_no from clk_promises)
    group by clk_hours.calendar_no, sizes.bucket_s, epoch_us(clk_hours.opens_at) // 1000000 // sizes.bucket_s
)
group by calendar_no, bucket_s
having max(openings_count) <= 1
qualify row_number() over (partition by calendar_no order by bucket_s desc) = 1;
