-- One row: how many tickets name $policy, the first instant (UTC) that one of all tickets was created at, and the as-of instant.
select
    count(*) filter (lower(trim(policy)) = lower(trim($policy))) as tickets_count,
    (select as_of from snapshot) as as_of,
    coalesce(min(created_at), (select as_of from snapshot)) as first_at,
    greatest((select as_of from snapshot), coalesce(max(created_at), (select as_of from snapshot))) as last_at,
from tickets;
