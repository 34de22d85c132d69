-- Whether a clock ended as its metric asks: a wait by a reply or notice, a resolution and the span of an update also by the solve; false without an end.
-- metric: the clock's metric; stopped_by: what ended it, null while nothing has.
create or replace temp macro is_answered(metric, stopped_by) as
    stopped_by is not null and (stopped_by <> 'solve' or metric in ('resolution', 'periodic_update'))
