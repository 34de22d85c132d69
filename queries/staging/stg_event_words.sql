-- Grain: a kind, by and public as one events file writes them together, with what they mean; public_text null is true. Few, however long the file.
-- A format's word for a kind may go on: "status closed" is a status with that value, "message internal" one that no customer sees. Its word * for
-- by means any other name, which is then the author's.
-- kind_problem, by_problem, public_problem: why a row that says so is not accepted, or null.
create or replace temp table stg_event_words as
with written as (
    select distinct file_no, kind, "by", public from raw_events
),
texts as (
    select
        written.file_no,
        written.kind as kind_written,
        written."by" as by_written,
        written.public as public_written,
        files.format,
        coalesce(as_text(written.kind), files.constants['kind']) as kind_text,
        coalesce(as_text(written."by"), files.constants['by']) as by_text,
        coalesce(as_text(written.public), files.constants['public']) as public_text,
    from written
    inner join intake_files as files using (file_no)
),
meant as (
    select
        texts.*,
        coalesce(split_part(kinds.word, ' ', 1), lower(texts.kind_text)) as kind,
        case when kinds.word like 'status %' then kinds.word[8:] end as value,
        coalesce(authors.word, anybody.word, lower(texts.by_text)) as "by",
        case when authors.word is null and anybody.word is not null then texts.by_text end as author,
        case coalesce(publics.word, lower(texts.public_text), case when kinds.word like '% internal' then 'false' else 'true' end)
            when 'true' then true when 'false' then false
            when '1' then true when '0' then false
            when 'yes' then true when 'no' then false
            when 't' then true when 'f' then false
        end as public,
    from texts
    left join stg_words as kinds
        on kinds.column_name = 'kind' and texts.format = kinds.format and lower(texts.kind_text) = kinds.word_key
    left join stg_words as authors
        on authors.column_name = 'by' and texts.format = authors.format and lower(texts.by_text) = authors.word_key
    left join stg_words as anybody
        on anybody.column_name = 'by' and texts.format = anybody.format and anybody.word_key = '*'
        and as_text(texts.by_written) is not null
    left join stg_words as publics
        on publics.column_name = 'public' and texts.format = publics.format
        and lower(texts.public_text) = publics.word_key
)
select
    file_no,
    kind_written,
    by_written,
    public_written,
    kind,
    value,
    "by",
    author,
    public,
    case
        when kind = 'none' then null
        when kind is null or kind not in ('message', 'status', 'severity', 'plan', 'assigned', 'acknowledged', 'merged')
            then 'kind is "' || coalesce(left(kind_text, 80), '')
                || '": expected message, status, severity, plan, assigned, acknowledged or merged'
    end as kind_problem,
    case
        when "by" not in ('customer', 'agent', 'system')
            then 'by is "' || left(by_text, 80) || '": expected customer, agent or system'
        when "by" is null and kind = 'message' then 'by is missing: expected customer, agent or system for a message'
    end as by_problem,
    case when public is null then 'public is "' || left(public_text, 80) || '": expected true or false' end as public_problem,
from meant
