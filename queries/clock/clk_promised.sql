-- One row a clock under one target in force, from_at to until_at (rule 7); most clocks have one row, and is_whole. Instants UTC.
-- start_bucket_no and until_bucket_no: the buckets of bucket_s seconds in which the clock starts and the segment ends.
create or replace temp table clk_promised as
with graded as (
    select
        clk_spans.clock_no,
        clk_spans.metric,
        clk_spans.version_no,
        clk_spans.started_at,
        clk_spans.end_at,
        clk_spans.started_at as from_at,
        clk_spans.end_at as until_at,
        clk_tickets.severity,
        clk_tickets.plan,
        true as is_last,
    from clk_spans
    join clk_tickets using (ticket_no)
    anti join clk_grades using (ticket_no)
    union all
    select
        clk_spans.clock_no,
        clk_spans.metric,
        clk_spans.version_no,
        clk_spans.started_at,
        clk_spans.end_at,
        greatest(clk_spans.started_at, clk_grades.from_at) as from_at,
        least(clk_spans.end_at, coalesce(clk_grades.until_at, clk_spans.end_at)) as until_at,
        clk_grades.severity,
        clk_grades.plan,
        clk_grades.until_at is null or clk_grades.until_at > clk_spans.end_at as is_last,
    from clk_spans
    join clk_grades
        on clk_grades.ticket_no = clk_spans.ticket_no
        and clk_grades.from_at <= clk_spans.end_at
        and (clk_grades.until_at is null or clk_grades.until_at > clk_spans.started_at)
)
select
    graded.clock_no,
    graded.started_at,
    graded.end_at,
    graded.from_at,
    graded.until_at,
    graded.is_last,
    graded.is_last and graded.from_at = graded.started_at as is_whole,
    clk_promises.promise_no,
    clk_promises.target_no,
    clk_promises.target_s,
    clk_promises.calendar_no,
    clk_promises.pause_key,
    clk_bucket_sizes.bucket_s,
    epoch_us(graded.started_at) // 1000000 // clk_bucket_sizes.bucket_s as start_bucket_no,
    epoch_us(graded.until_at) // 1000000 // clk_bucket_sizes.bucket_s as until_bucket_no,
from graded
join clk_promises
    on clk_promises.version_no = graded.version_no
    and clk_promises.metric = graded.metric
    and clk_promises.written_severity is not distinct from graded.severity
    and clk_promises.written_plan is not distinct from graded.plan
join clk_bucket_sizes on clk_bucket_sizes.calendar_no = clk_promises.calendar_no;
