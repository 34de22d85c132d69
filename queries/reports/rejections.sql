-- Why rows were rejected
-- Grain: one row per file and reason (an ellipsis stands for what the row had there), the most frequent first
-- Units: counts of rows
select
    file,
    reason_kind(reason) as reason,
    count(*) as rows_count,
from rejected_rows
group by all
order by rows_count desc, file, reason
