-- Returns a row for each clock that stopped before it started and was not excluded for it, or that fell due before it started.
select
    ticket_id,
    metric,
    cycle,
    started_at,
    stopped_at,
    due_at,
from clock_facts
where (stopped_at < started_at and reason is distinct from 'times_out_of_order' and outcome <> 'excluded')
    or due_at < started_at;
