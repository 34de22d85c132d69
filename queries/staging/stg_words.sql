-- Grain: a word of a format for a column. word_key: trimmed and in lower case; word: what it means in the standard export.
create or replace temp table stg_words as
select distinct
    format,
    column_name,
    lower(trim(written)) as word_key,
    word,
from format_words
