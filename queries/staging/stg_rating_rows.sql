-- Grain: a row of a ratings file. Instants in UTC; problem: why the row is not accepted, or null.
-- latest_at: the last instant that can be true, or null.
create or replace temp table stg_rating_rows as
with texts as (
    select
        files.file_no,
        raw_ratings.rowid - files.first_place + 1 as row_no,
        files.timezone,
        files.dates,
        case when ways.is_id_plain then as_text(ticket_id) else as_ticket_id(as_text(ticket_id), ways.id_pattern, ways.is_id_stripped) end
            as ticket_id,
        files.format,
        as_text(rated_at) as rated_text,
        as_text(score) as score_text,
        coalesce(as_text(scale_min), files.constants['scale_min']) as scale_min_text,
        coalesce(as_text(scale_max), files.constants['scale_max']) as scale_max_text,
        as_text(comment) as comment,
        as_text(offered_at) as offered_text,
    from raw_ratings
    inner join intake_files as files using (file_no)
    inner join stg_ways as ways using (file_no)
),
worded as (
    select texts.* replace (coalesce(words.word, texts.score_text) as score_text) from texts
    left join stg_words as words
        on words.column_name = 'score' and texts.format = words.format and lower(texts.score_text) = words.word_key
),
typed as (
    select
        *,
        as_instant(rated_text, dates, timezone) as rated_at,
        as_instant(offered_text, dates, timezone) as offered_at,
        as_number(score_text) as score,
        as_number(scale_min_text) as scale_min,
        as_number(scale_max_text) as scale_max,
    from worded
)
select
    typed.file_no,
    typed.row_no,
    tickets.ticket_no,
    typed.ticket_id,
    typed.rated_at,
    typed.score,
    typed.scale_min,
    typed.scale_max,
    typed.comment,
    typed.offered_at,
    coalesce(
        case when typed.ticket_id is null then 'ticket_id is missing: expected a text' end,
        instant_problem('rated_at', rated_text, rated_at, dates, $latest_at::timestamp),
        instant_problem('offered_at', offered_text, offered_at, dates, $latest_at::timestamp),
        number_problem('score', score_text, score),
        number_problem('scale_min', scale_min_text, scale_min),
        number_problem('scale_max', scale_max_text, scale_max),
        case
            when score is null and offered_at is null then 'score and offered_at are missing: expected one of them'
            when score is not null and rated_at is null then 'rated_at is missing: expected the instant of the score'
            when score is not null and (scale_min is null or scale_max is null)
                then 'scale_min or scale_max is missing: expected the scale of the score'
            when scale_min >= scale_max
                then 'the scale is ' || scale_min_text || ' to ' || scale_max_text || ': expected scale_min below scale_max'
            when score < scale_min or score > scale_max
                then 'score is "' || score_text || '": expected ' || scale_min_text || ' to ' || scale_max_text
        end,
        case
            when tickets.ticket_no is null
                then 'ticket_id is "' || left(typed.ticket_id, 80) || '": no such ticket among the accepted ones'
        end
    ) as problem,
from typed
left join tickets on typed.ticket_id = tickets.ticket_id
