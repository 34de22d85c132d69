-- Gives back the memory of stg_winners, which nothing after the intake reads.
drop table if exists stg_winners
