-- One row a segment of a clock that has several, as clk_segments, with end_s: B of its calendar at the clock's end, and effect_at: when the target
-- took effect, the start of the run of segments under the same target. Instants UTC.
create or replace temp table clk_parts as
with ordered as (
    select
        *,
        case
            when lag(target_no) over in_order is distinct from target_no or lag(from_at) over in_order is null then from_at
        end as run_starts_at,
    from clk_segments
    where not is_whole
    window in_order as (partition by clock_no order by from_at)
)
select
    ordered.* exclude (run_starts_at),
    at_end.open_before_s
        + least(date_diff('second', at_end.opens_at, ordered.end_at), date_diff('second', at_end.opens_at, at_end.closes_at)) as end_s,
    last_value(ordered.run_starts_at ignore nulls) over (
        partition by ordered.clock_no order by ordered.from_at rows between unbounded preceding and current row
    ) as effect_at,
from ordered
asof join clk_hours as at_end
    on at_end.calendar_no = ordered.calendar_no and ordered.end_at >= at_end.opens_at;
