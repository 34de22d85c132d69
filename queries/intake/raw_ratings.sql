-- Empties the table of what ratings files say. Grain: a row of a ratings file; all text as it stands in the file,
-- missing is null.
create or replace temp table raw_ratings (
    file_no integer,
    ticket_id varchar,
    rated_at varchar,
    score varchar,
    scale_min varchar,
    scale_max varchar,
    comment varchar,
    offered_at varchar,
)
