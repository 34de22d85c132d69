-- One row a clock under one target in force, as clk_segments, with end_s and effect_at as clk_parts has them. Instants UTC.
create or replace temp view clk_measures as
select
    *,
    until_s as end_s,
    started_at as effect_at,
from clk_segments
where is_whole
union all
select * from clk_parts;
