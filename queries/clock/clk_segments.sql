-- One row a clock under one target in force, from_at to until_at (rule 7); most clocks have one row, and is_whole. Instants UTC.
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
promised as (
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
    from graded
    join clk_promises
        on clk_promises.version_no = graded.version_no
        and clk_promises.metric = graded.metric
        and clk_promises.written_severity is not distinct from graded.severity
        and clk_promises.written_plan is not distinct from graded.plan
)
select
    promised.*,
    at_start.open_before_s
        + least(date_diff('second', at_start.opens_at, promised.started_at), date_diff('second', at_start.opens_at, at_start.closes_at)) as start_s,
    at_until.open_before_s
        + least(date_diff('second', at_until.opens_at, promised.until_at), date_diff('second', at_until.opens_at, at_until.closes_at)) as until_s,
from promised
asof join clk_hours as at_start
    on at_start.calendar_no = promised.calendar_no and promised.started_at >= at_start.opens_at
asof join clk_hours as at_until
    on at_until.calendar_no = promised.calendar_no and promised.until_at >= at_until.opens_at;
