-- Grain: a survey offered or answered, exact repetitions once. Instants in UTC.
create or replace table ratings as
select distinct
    ticket_no,
    ticket_id,
    rated_at,
    score,
    scale_min,
    scale_max,
    comment,
    offered_at,
from stg_rating_rows
where problem is null
order by all
