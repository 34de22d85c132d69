-- One row: the first and the last instant (UTC) that a clock may have to measure. Parameters: $as_of.
select
    coalesce(min(created_at), $as_of) as first_at,
    greatest($as_of, coalesce(max(created_at), $as_of)) as last_at,
from tickets;
