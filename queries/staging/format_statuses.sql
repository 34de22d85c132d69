-- Grain: a status word of a format. status_class: open, waiting, solved, excluded or duplicate.
create or replace table format_statuses as
select
    format,
    word_key as status_key,
    word as status_class,
from stg_words
where column_name = 'status'
order by format, status_key
