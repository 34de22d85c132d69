-- Returns a row for each clock whose verdict its own seconds do not bear out (rule 6), or whose columns contradict each other.
select
    ticket_id,
    metric,
    cycle,
    outcome,
    reason,
    elapsed_s,
    target_s,
from clock_facts
where (outcome = 'met' and (elapsed_s > target_s or target_s is null or stopped_at is null))
    or (outcome = 'breached' and (elapsed_s <= target_s or target_s is null or due_at is null or late_s is null))
    or (outcome = 'running' and (elapsed_s > target_s or target_s is null or stopped_at is not null))
    or (outcome = 'excluded') <> (reason is not null)
    or elapsed_s < carried_s
    or elapsed_s is null
    or paused_s < 0
    or carried_s < 0;
