-- The snapshot and its as-of instant
-- Grain: one row
-- Units: instants UTC; timezone is the one that instants without an offset were read in
select
    as_of,
    built_at,
    timezone,
    timezone_is_assumed,
from snapshot
