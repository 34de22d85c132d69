-- Empties the table of the words of the formats of a build. Grain: a spelling. word: what it means in the standard
-- export.
create or replace temp table format_words (
    format varchar,
    column_name varchar,
    written varchar,
    word varchar,
)
