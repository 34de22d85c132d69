-- Grain: a rating that the row of an accepted ticket tells, by the ticket's newest row. Instants in UTC; problem: why it is not taken, or null.
-- A score without an instant of its own was given when the ticket was solved, as far as anybody knows (D33); the words offered and none stand
-- for a survey without an answer and for no survey. latest_at: the last instant that can be true, or null.
create or replace temp table stg_told_ratings as
with written as (
    select
        tickets.ticket_no,
        tickets.ticket_id,
        tickets.file_no,
        tickets.row_no,
        files.timezone,
        files.dates,
        files.format,
        coalesce(tickets.solved_at, tickets.closed_at, tickets.updated_at, tickets.created_at) as ended_at,
        as_text(raw_tickets.score) as score_text,
        as_text(raw_tickets.score_comment) as comment,
        as_text(raw_tickets.rated_at) as rated_text,
        as_text(raw_tickets.offered_at) as offered_text,
        coalesce(as_number(files.constants['scale_min']), 1) as scale_min,
        coalesce(as_number(files.constants['scale_max']), 5) as scale_max,
    from raw_tickets
    inner join intake_files as files using (file_no)
    inner join tickets
        on raw_tickets.file_no = tickets.file_no and raw_tickets.rowid - files.first_place + 1 = tickets.row_no
    where raw_tickets.score is not null or raw_tickets.offered_at is not null
),
worded as (
    select written.* replace (coalesce(words.word, written.score_text) as score_text), written.score_text as said from written
    left join stg_words as words
        on words.column_name = 'score' and written.format = words.format and lower(written.score_text) = words.word_key
),
typed as (
    select
        *,
        as_number(score_text) as score,
        case when as_number(score_text) is null then null when rated_text is null then ended_at else as_instant(rated_text, dates, timezone) end
            as rated_at,
        case
            when offered_text is not null then as_instant(offered_text, dates, timezone)
            when score_text = 'offered' then ended_at
        end as offered_at,
    from worded
    where coalesce(score_text, '') <> 'none' and (score_text is not null or offered_text is not null)
)
select
    ticket_no,
    ticket_id,
    file_no,
    row_no,
    rated_at,
    score,
    case when score is not null then scale_min end as scale_min,
    case when score is not null then scale_max end as scale_max,
    comment,
    offered_at,
    coalesce(
        case when score_text <> 'offered' then number_problem('score', said, score) end,
        case
            when score not between scale_min and scale_max
                then 'score is "' || left(said, 80) || '": expected ' || scale_min::varchar || ' to ' || scale_max::varchar
        end,
        case when score is not null then instant_problem('rated_at', rated_text, rated_at, dates, $latest_at::timestamp) end,
        instant_problem('offered_at', offered_text, offered_at, dates, $latest_at::timestamp)
    ) as problem,
from typed
