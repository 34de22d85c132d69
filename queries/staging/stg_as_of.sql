-- Grain: one row. as_of in UTC: the one asked for, else the newest creation, event or updated_at accepted.
-- as_of: the one asked for, or null.
create or replace temp table stg_as_of as
select
    coalesce($as_of::timestamp, greatest(
        (select max(created_at) from tickets),
        (select max(updated_at) from tickets),
        (select max("at") from events)
    )) as as_of
