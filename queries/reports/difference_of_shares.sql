-- How far two shares lie apart
-- Grain: one row
-- Units: difference is the first share less the other one (points of 1); its interval is Newcombe's at 95 %; null where either counted nothing
-- $hits integer: how many of the first were counted
-- $total integer: of how many
-- $other_hits integer: how many of the other
-- $other_total integer: of how many
select
    share($hits, $total) - share($other_hits, $other_total) as difference,
    difference_low($hits, $total, $other_hits, $other_total) as difference_low,
    -difference_low($other_hits, $other_total, $hits, $total) as difference_high
