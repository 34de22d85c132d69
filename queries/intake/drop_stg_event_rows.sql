-- Gives back the memory of stg_event_rows, which nothing after the intake reads.
drop table if exists stg_event_rows
