-- One row a stretch of open time of a calendar, B(t) as queries/README.md has it; calendar -1 is open around the clock, for clocks without a policy.
create or replace temp table clk_hours as
select
    calendar_no,
    opens_at,
    closes_at,
    open_before_s,
from calendar_spans
union all
select
    -1 as calendar_no,
    timestamp '1970-01-01' as opens_at,
    timestamp '2300-01-01' as closes_at,
    0 as open_before_s;
