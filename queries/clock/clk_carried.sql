-- One row a later cycle of a resolution: carried_s, the elapsed_s of the cycle before (rule 17), and whether an earlier cycle was breached.
create or replace temp table clk_carried as
with recursive reopened as materialized (
    select
        clk_spans.clock_no,
        clk_spans.ticket_no,
        clk_spans.cycle,
        clk_spans.ticket_reason is not null as is_excluded,
        list({'target_s': clk_elapsed.target_s, 'until_s': clk_elapsed.until_elapsed_s, 'end_s': clk_elapsed.end_elapsed_s} order by clk_elapsed.from_at)
            as segments,
    from clk_spans
    join clk_elapsed using (clock_no)
    where clk_spans.metric = 'resolution'
        and clk_spans.ticket_no in (select ticket_no from clk_spans where metric = 'resolution' and cycle = 2)
    group by all
),
cycles as (
    select
        clock_no,
        ticket_no,
        cycle,
        is_excluded,
        segments,
        0::bigint as carried_s,
        false as is_breached_before,
    from reopened
    where cycle = 1
    union all
    select
        reopened.clock_no,
        reopened.ticket_no,
        reopened.cycle,
        reopened.is_excluded,
        reopened.segments,
        (
            cycles.carried_s + coalesce(
                case when not cycles.is_excluded and not cycles.is_breached_before
                    then list_filter(cycles.segments, lambda s: cycles.carried_s + s.until_s > s.target_s)[1].end_s
                end,
                cycles.segments[-1].end_s
            )
        )::bigint as carried_s,
        cycles.is_breached_before
            or len(list_filter(cycles.segments, lambda s: cycles.carried_s + s.until_s > s.target_s)) > 0 as is_breached_before,
    from cycles
    join reopened on reopened.ticket_no = cycles.ticket_no and reopened.cycle = cycles.cycle + 1
)
select
    clock_no,
    carried_s,
    is_breached_before,
from cycles
where cycle > 1;
