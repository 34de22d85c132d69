-- One row a clock under one target in force, from_at to until_at (rule 7); most clocks have one row, and is_whole. Instants UTC.
-- The numbers of buckets are worked out before the buckets are joined, lest a join on the calendar alone comes first.
-- start_s and until_s: B of the promise's calendar at the clock's start and at the segment's end.
create or replace temp table clk_segments as
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
),
promised as materialized (
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
        epoch_us(graded.started_at) // 1000000 // clk_bucket_sizes.bucket_s as start_bucket_no,
        epoch_us(graded.until_at) // 1000000 // clk_bucket_sizes.bucket_s as until_bucket_no,
    from graded
    join clk_promises
        on clk_promises.version_no = graded.version_no
        and clk_promises.metric = graded.metric
        and clk_promises.written_severity is not distinct from graded.severity
        and clk_promises.written_plan is not distinct from graded.plan
    join clk_bucket_sizes on clk_bucket_sizes.calendar_no = clk_promises.calendar_no
)
select
    promised.* exclude (start_bucket_no, until_bucket_no),
    clk_open_s(
        epoch_us(promised.started_at) // 1000000,
        at_start.opens_s, at_start.lasts_s, at_start.open_before_s, at_start.next_opens_s, at_start.next_lasts_s, at_start.next_before_s
    ) as start_s,
    clk_open_s(
        epoch_us(promised.until_at) // 1000000,
        at_until.opens_s, at_until.lasts_s, at_until.open_before_s, at_until.next_opens_s, at_until.next_lasts_s, at_until.next_before_s
    ) as until_s,
from promised
join clk_buckets as at_start
    on at_start.calendar_no = promised.calendar_no
    and at_start.bucket_no = promised.start_bucket_no
join clk_buckets as at_until
    on at_until.calendar_no = promised.calendar_no
    and at_until.bucket_no = promised.until_bucket_no;
