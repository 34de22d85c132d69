-- Gives back the memory of stg_candidates, which nothing after the intake reads.
drop table if exists stg_candidates
