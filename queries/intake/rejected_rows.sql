-- Empties the table of the rows that were not accepted. Grain: a row. line: physical, from 1; "row": the text as it
-- stands in the file.
create or replace table rejected_rows (
    file varchar,
    line bigint,
    reason varchar,
    "row" varchar,
)
