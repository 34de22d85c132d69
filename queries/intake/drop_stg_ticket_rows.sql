-- Gives back the memory of stg_ticket_rows, which nothing after the intake reads.
drop table if exists stg_ticket_rows
