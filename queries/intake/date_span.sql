-- Whether every instant of one file begins with a year of this century, told by the least and the greatest as texts: what stands between
-- two such texts begins so too, for a day or month of two digits is followed by a sign that sorts before every digit. Grain: one
-- row. Parameter: file_no, the file's number.
with spans as (
    select
        least(
            min(created_at), min(acknowledged_at), min(first_reply_at), min(solved_at), min(closed_at), min(updated_at), min(rated_at),
            min(offered_at), min(messages), min(message_times)
        ) as first,
        greatest(
            max(created_at), max(acknowledged_at), max(first_reply_at), max(solved_at), max(closed_at), max(updated_at), max(rated_at),
            max(offered_at), max(messages), max(message_times)
        ) as last,
    from raw_tickets
    where file_no = $file_no
    union all
    select
        least(
            min(created_at), min("at"), min(acknowledged_at), min(first_reply_at), min(solved_at), min(closed_at), min(updated_at)
        ) as first,
        greatest(
            max(created_at), max("at"), max(acknowledged_at), max(first_reply_at), max(solved_at), max(closed_at), max(updated_at)
        ) as last,
    from raw_log
    where file_no = $file_no
    union all
    select min("at") as first, max("at") as last from raw_events
    where file_no = $file_no
    union all
    select least(min(rated_at), min(offered_at)) as first, greatest(max(rated_at), max(offered_at)) as last from raw_ratings
    where file_no = $file_no
    union all
    select min(valid_from) as first, max(valid_from) as last from raw_accounts
    where file_no = $file_no
)
select coalesce(bool_and(first like '20__-__-__%' and last like '20__-__-__%'), true) as is_year_first from spans
where first is not null
