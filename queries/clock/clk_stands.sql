-- One row a pause within a clock under one target: from_s and until_s are B of the target's calendar at its two ends, cut to the clock.
-- worked_s: open seconds that the clock had run when the pause began. is_standing: the pause lasts beyond the clock's end.
create or replace temp table clk_stands as
with cut as (
    select
        clk_measures.clock_no,
        clk_measures.from_at as segment_at,
        clk_measures.calendar_no,
        clk_measures.start_s,
        greatest(clk_pauses.from_at, clk_measures.started_at) as from_at,
        least(coalesce(clk_pauses.until_at, clk_measures.end_at), clk_measures.end_at) as until_at,
        clk_pauses.until_at is null or clk_pauses.until_at > clk_measures.end_at as is_standing,
    from clk_measures
    join clk_spans using (clock_no)
    join clk_pauses
        on clk_pauses.ticket_no = clk_spans.ticket_no
        and clk_pauses.pause_key = clk_measures.pause_key
        and clk_pauses.from_at <= clk_measures.end_at
        and (clk_pauses.until_at is null or clk_pauses.until_at > clk_measures.started_at)
),
measured as (
    select
        cut.*,
        at_from.open_before_s
            + least(date_diff('second', at_from.opens_at, cut.from_at), date_diff('second', at_from.opens_at, at_from.closes_at)) as from_s,
        at_until.open_before_s
            + least(date_diff('second', at_until.opens_at, cut.until_at), date_diff('second', at_until.opens_at, at_until.closes_at)) as until_s,
    from cut
    asof join clk_hours as at_from on at_from.calendar_no = cut.calendar_no and cut.from_at >= at_from.opens_at
    asof join clk_hours as at_until on at_until.calendar_no = cut.calendar_no and cut.until_at >= at_until.opens_at
)
select
    clock_no,
    segment_at,
    from_s,
    until_s,
    is_standing,
    from_s - start_s - coalesce(sum(until_s - from_s) over (
        partition by clock_no, segment_at order by from_at
        rows between unbounded preceding and 1 preceding
    ), 0)::bigint as worked_s,
from measured;
