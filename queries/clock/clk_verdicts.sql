-- One row a clock, under the target that was broken, else the one in force at its end (rules 6, 7 and 17; D8), with the open seconds that
-- its calendar must reach for the target (due_s, null: never). Instants UTC.
create or replace temp table clk_verdicts as
with carried as (
    select
        clk_elapsed.*,
        coalesce(clk_carried.carried_s, 0) as carried_s,
        coalesce(clk_carried.is_breached_before, false) as is_breached_before,
        coalesce(clk_elapsed.until_elapsed_s + coalesce(clk_carried.carried_s, 0) > clk_elapsed.target_s, false)
            and not coalesce(clk_carried.is_breached_before, false)
            and clk_spans.ticket_reason is null as is_breached,
    from clk_elapsed
    join clk_spans using (clock_no)
    left join clk_carried using (clock_no)
),
judged as (
    select * from carried
    where is_whole
    union all
    select * from carried
    where not is_whole
    qualify row_number() over (
        partition by clock_no order by is_breached desc, case when is_breached then from_at end, is_last desc
    ) = 1
),
stood as (
    select
        judged.clock_no,
        sum(clk_stands.until_s - clk_stands.from_s)::bigint as stood_s,
    from clk_stands
    join judged on clk_stands.clock_no = judged.clock_no and clk_stands.segment_at = judged.from_at
    where clk_stands.worked_s < judged.target_s - judged.carried_s
    group by judged.clock_no
)
select
    judged.clock_no,
    judged.promise_no,
    judged.calendar_no,
    judged.pause_key,
    judged.target_s,
    judged.effect_at,
    judged.carried_s,
    judged.end_elapsed_s,
    judged.paused_s,
    judged.is_standing,
    judged.is_breached,
    judged.is_breached_before,
    judged.start_s + judged.target_s - judged.carried_s + coalesce(stood.stood_s, 0) as due_s,
from judged
left join stood using (clock_no);
