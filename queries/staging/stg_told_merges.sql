-- Grain: an accepted ticket whose tags say, by the words of its format, that it was merged into another. at in UTC: its end as far as known.
create or replace temp table stg_told_merges as
with tagged as (
    select ticket_no, ticket_id, coalesce(solved_at, closed_at, updated_at, created_at) as "at", format, unnest(tags) as tag from tickets
    where format in (from stg_words select format where column_name = 'tags') and len(tags) > 0
)
select distinct
    ticket_no,
    ticket_id,
    "at",
from tagged
inner join stg_words as words
    on words.column_name = 'tags' and words.word = 'merged' and tagged.format = words.format and lower(tagged.tag) = words.word_key
