-- Gives back the memory of stg_log_changes, which nothing after the intake reads.
drop table if exists stg_log_changes
