-- Where the numbers of a review come from
-- Grain: one row
-- Units: instants UTC; snapshot is the name of the file the numbers are read from, without its ending; counts of files and of rows
select
    current_database() as snapshot,
    as_of,
    built_at,
    holidays_version,
    tzdata_version,
    len(source_files) as source_files_count,
    list_sum(list_transform(source_files, lambda one: one.rows_accepted))::bigint as rows_accepted_count,
    list_sum(list_transform(source_files, lambda one: one.rows_rejected))::bigint as rows_rejected_count,
from snapshot
