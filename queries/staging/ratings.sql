-- Grain: a survey offered or answered, exact repetitions once. Instants in UTC.
create or replace table ratings as
with accepted as (
    select ticket_no, ticket_id, rated_at, score, scale_min, scale_max, comment, offered_at from stg_rating_rows
    where problem is null
    union all
    select ticket_no, ticket_id, rated_at, score, scale_min, scale_max, comment, offered_at from stg_told_ratings
    where problem is null
)
select distinct
    ticket_no,
    ticket_id,
    rated_at,
    score,
    scale_min,
    scale_max,
    comment,
    offered_at,
from accepted
order by all
