-- One row a clock, under the target that was broken, else the one in force at its end (rules 6, 7 and 17; D8), with the open seconds that
-- its calendar must reach for the target (due_s, null: never).
create or replace temp table clk_verdicts as
with carried as (
    select
        clk_elapsed.*,
        coalesce(clk_carried.carried_s, 0) as carried_s,
        coalesce(clk_carried.is_breached_before, false) as is_breached_before,
        coalesce(clk_elapsed.until_elapsed_s + coalesce(clk_carried.carried_s, 0) > clk_elapsed.target_s, false)
            and not coalesce(clk_carried.is_breached_before, false)
            and clk_exclusions.reason is null as is_breached,
    from clk_elapsed
    join clk_exclusions using (ticket_no)
    left join clk_carried
        on clk_elapsed.metric = 'resolution' and clk_carried.ticket_no = clk_elapsed.ticket_no and clk_carried.cycle = clk_elapsed.cycle
),
judged as (
    select *
    from carried
    where is_last and from_at = started_at
    union all
    select *
    from carried
    where not (is_last and from_at = started_at)
    qualify row_number() over (
        partition by ticket_no, metric, cycle
        order by is_breached desc, case when is_breached then from_at end, case when is_breached then until_at end, is_last desc
    ) = 1
),
stood as (
    select
        judged.ticket_no,
        judged.metric,
        judged.cycle,
        sum(clk_stands.until_s - clk_stands.from_s)::bigint as stood_s,
    from judged
    join clk_stands
        on clk_stands.ticket_no = judged.ticket_no and clk_stands.metric = judged.metric
        and clk_stands.cycle = judged.cycle and clk_stands.segment_at = judged.from_at
    where clk_stands.worked_s < judged.target_s - judged.carried_s
    group by all
)
select
    judged.*,
    judged.start_s + judged.target_s - judged.carried_s + coalesce(stood.stood_s, 0) as due_s,
from judged
left join stood
    on stood.ticket_no = judged.ticket_no and stood.metric = judged.metric and stood.cycle = judged.cycle;
