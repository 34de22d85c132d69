-- One row a clock under one target in force, as clk_measures, with its own open seconds (pauses taken out, nothing carried): until_elapsed_s up to the
-- segment's end, end_elapsed_s and paused_s up to the clock's end. is_standing: it stands in a pause at its end.
create or replace temp view clk_elapsed as
with paused as (
    select
        clk_measures.clock_no,
        clk_measures.from_at,
        sum(greatest(0, least(clk_stands.until_s, clk_measures.until_s) - clk_stands.from_s))::bigint as until_paused_s,
        sum(clk_stands.until_s - clk_stands.from_s)::bigint as end_paused_s,
        bool_or(clk_stands.is_standing) as is_standing,
    from clk_stands
    join clk_measures
        on clk_stands.clock_no = clk_measures.clock_no and clk_stands.segment_at = clk_measures.from_at
    group by all
)
select
    clk_measures.*,
    clk_measures.until_s - clk_measures.start_s - coalesce(paused.until_paused_s, 0) as until_elapsed_s,
    clk_measures.end_s - clk_measures.start_s - coalesce(paused.end_paused_s, 0) as end_elapsed_s,
    coalesce(paused.end_paused_s, 0) as paused_s,
    coalesce(paused.is_standing, false) as is_standing,
from clk_measures
left join paused
    on paused.clock_no = clk_measures.clock_no and paused.from_at = clk_measures.from_at;
