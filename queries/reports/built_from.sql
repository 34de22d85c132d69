-- What the snapshot was built from
-- Grain: one row
-- Units: instants UTC; counts of rows, tickets, events and clocks; timezone is the one that instants without an offset were read in
select
    s.as_of,
    s.built_at,
    s.timezone,
    s.timezone_is_assumed,
    s.default_policy,
    s.duckdb_version,
    s.holidays_version,
    s.tzdata_version,
    (select sum(rows_read)::bigint from source_files) as rows_read,
    (select sum(rows_accepted)::bigint from source_files) as rows_accepted,
    (select sum(rows_rejected)::bigint from source_files) as rows_rejected,
    (select count(*) from tickets) as tickets_count,
    (select count(*) from events) as events_count,
    (select sum(clocks_count)::bigint from measured_policies) as clocks_count,
from snapshot s
