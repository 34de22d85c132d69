-- Grain: one row. as_of in UTC: the one asked for, else the newest creation, event or updated_at accepted. An export other than the standard one
-- that has no updated_at, as is a table whose columns somebody named, tells by its replies and solves how far it reaches (D32).
-- as_of: the one asked for, or null.
create or replace temp table stg_as_of as
select
    coalesce($as_of::timestamp, greatest(
        (select max(created_at) from tickets),
        (select max(updated_at) from tickets),
        (select max("at") from events),
        (
            select max(greatest(acknowledged_at, first_reply_at, solved_at, closed_at)) from tickets
            inner join intake_files as files using (file_no)
            where (files.format <> 'standard' or files.constants['named_by_hand'] is not null) and updated_at is null
        )
    )) as as_of
