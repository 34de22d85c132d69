-- Grain: a row of an events file. at in UTC at whole seconds; problem: why the row is not accepted, or null.
-- latest_at: the last instant that can be true, or null.
create or replace temp table stg_event_rows as
with texts as (
    select
        files.file_no,
        raw_events.rowid - files.first_place + 1 as row_no,
        files.format,
        files.timezone,
        files.dates,
        case
            when ways.is_id_plain then as_text(raw_events.ticket_id)
            else as_ticket_id(as_text(raw_events.ticket_id), ways.id_pattern, ways.is_id_stripped)
        end as ticket_id,
        as_text(raw_events."at") as at_text,
        coalesce(as_text(raw_events.author), meanings.author) as author,
        coalesce(as_text(raw_events.value), meanings.value) as value_text,
        as_text(raw_events.seq) as seq_text,
        meanings.kind,
        meanings."by",
        meanings.public,
        coalesce(meanings.kind_problem, meanings.by_problem, meanings.public_problem) as words_problem,
    from raw_events
    inner join intake_files as files using (file_no)
    inner join stg_ways as ways using (file_no)
    inner join stg_event_words as meanings
        on raw_events.file_no = meanings.file_no
        and raw_events.kind is not distinct from meanings.kind_written
        and raw_events."by" is not distinct from meanings.by_written
        and raw_events.public is not distinct from meanings.public_written
),
typed as (
    select
        *,
        as_instant(at_text, dates, timezone) as "at",
        as_whole_number(seq_text) as seq,
    from texts
)
select
    typed.file_no,
    typed.row_no,
    tickets.ticket_no,
    typed.ticket_id,
    typed."at",
    typed.kind,
    typed."by",
    typed.author,
    typed.public,
    coalesce(words.word, typed.value_text) as value,
    typed.seq,
    case
        when tickets.ticket_no is null or typed."at" is null or typed.words_problem is not null
            or typed."at" not between timestamp '1970-01-01' and coalesce($latest_at::timestamp, timestamp '2199-12-31 23:59:59')
            or typed.value_text is null or typed.seq_text is not null
            then coalesce(
                case when typed.ticket_id is null then 'ticket_id is missing: expected a text' end,
                case when at_text is null then 'at is missing: expected an instant' end,
                instant_problem('at', at_text, typed."at", dates, $latest_at::timestamp),
                words_problem,
                case
                    when typed.kind in ('status', 'severity', 'plan') and value_text is null
                        then 'value is missing: expected the new ' || typed.kind
                end,
                case when seq_text is not null and typed.seq is null then whole_number_problem('seq', seq_text) end,
                case
                    when tickets.ticket_no is null
                        then 'ticket_id is "' || left(typed.ticket_id, 80) || '": no such ticket among the accepted ones'
                end
            )
    end as problem,
from typed
left join tickets on typed.ticket_id = tickets.ticket_id
left join stg_words as words
    on typed.kind = words.column_name and typed.format = words.format
    and case when typed.kind in ('severity', 'plan') then lower(typed.value_text) end = words.word_key
