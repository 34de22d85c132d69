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
        as_text(ticket_id) as ticket_id,
        as_text("at") as at_text,
        coalesce(as_text(raw_events.kind), files.constants['kind']) as kind_text,
        coalesce(as_text("by"), files.constants['by']) as by_text,
        as_text(author) as author,
        coalesce(as_text(public), files.constants['public']) as public_text,
        as_text(value) as value_text,
        as_text(seq) as seq_text,
    from raw_events
    inner join intake_files as files using (file_no)
),
translated as (
    select
        texts.*,
        coalesce(kinds.word, lower(texts.kind_text)) as kind,
        coalesce(authors.word, lower(texts.by_text)) as "by",
        case coalesce(publics.word, lower(texts.public_text), 'true')
            when 'true' then true when 'false' then false
            when '1' then true when '0' then false
            when 'yes' then true when 'no' then false
            when 't' then true when 'f' then false
        end as public,
        as_instant(at_text, dates, timezone) as "at",
        as_whole_number(seq_text) as seq,
    from texts
    left join stg_words as kinds
        on kinds.column_name = 'kind' and texts.format = kinds.format and lower(texts.kind_text) = kinds.word_key
    left join stg_words as authors
        on authors.column_name = 'by' and texts.format = authors.format and lower(texts.by_text) = authors.word_key
    left join stg_words as publics
        on publics.column_name = 'public' and texts.format = publics.format
        and lower(texts.public_text) = publics.word_key
)
select
    event_rows.file_no,
    event_rows.row_no,
    tickets.ticket_no,
    event_rows."at",
    event_rows.kind,
    event_rows."by",
    event_rows.author,
    event_rows.public,
    coalesce(words.word, event_rows.value_text) as value,
    event_rows.seq,
    coalesce(
        case when event_rows.ticket_id is null then 'ticket_id is missing: expected a text' end,
        case when at_text is null then 'at is missing: expected an instant' end,
        instant_problem('at', at_text, event_rows."at", dates, $latest_at::timestamp),
        case
            when event_rows.kind is null
                or event_rows.kind not in ('message', 'status', 'severity', 'plan', 'assigned', 'acknowledged', 'merged')
                then 'kind is "' || coalesce(left(kind_text, 80), '')
                    || '": expected message, status, severity, plan, assigned, acknowledged or merged'
        end,
        case
            when event_rows."by" not in ('customer', 'agent', 'system')
                then 'by is "' || left(by_text, 80) || '": expected customer, agent or system'
            when event_rows."by" is null and event_rows.kind = 'message'
                then 'by is missing: expected customer, agent or system for a message'
        end,
        case
            when event_rows.public is null then 'public is "' || left(public_text, 80) || '": expected true or false'
        end,
        case
            when event_rows.kind in ('status', 'severity', 'plan') and value_text is null
                then 'value is missing: expected the new ' || event_rows.kind
        end,
        case when seq_text is not null and event_rows.seq is null then whole_number_problem('seq', seq_text) end,
        case
            when tickets.ticket_no is null
                then 'ticket_id is "' || left(event_rows.ticket_id, 80) || '": no such ticket among the accepted ones'
        end
    ) as problem,
from translated as event_rows
left join tickets on event_rows.ticket_id = tickets.ticket_id
left join stg_words as words
    on event_rows.kind in ('severity', 'plan') and event_rows.kind = words.column_name
    and event_rows.format = words.format and lower(event_rows.value_text) = words.word_key
