-- One row a clock under one target in force, as clk_segments, with end_s: B of its calendar at the clock's end, and effect_at: when the target took
-- effect, the start of the run of stretches under the same target. Instants UTC.
create or replace temp table clk_measures as
with graded as (
    select
        *,
        case
            when lag(target_no) over in_order is distinct from target_no or lag(from_at) over in_order is null then from_at
        end as run_starts_at,
    from clk_segments
    where not (is_last and from_at = started_at)
    window in_order as (partition by ticket_no, metric, cycle order by from_at, until_at)
)
select
    *,
    until_s as end_s,
    started_at as effect_at,
from clk_segments
where is_last and from_at = started_at
union all
select
    graded.* exclude (run_starts_at),
    at_end.open_before_s
        + least(date_diff('second', at_end.opens_at, graded.end_at), date_diff('second', at_end.opens_at, at_end.closes_at)) as end_s,
    last_value(graded.run_starts_at ignore nulls) over (
        partition by graded.ticket_no, graded.metric, graded.cycle order by graded.from_at, graded.until_at
        rows between unbounded preceding and current row
    ) as effect_at,
from graded
asof join clk_hours as at_end
    on at_end.calendar_no = graded.calendar_no and graded.end_at >= at_end.opens_at;
