-- Empties the table of what events files say. Grain: a row of an events file; all text as it stands in the file,
-- missing is null.
create or replace temp table raw_events (
    file_no integer,
    ticket_id varchar,
    "at" varchar,
    kind varchar,
    "by" varchar,
    author varchar,
    public varchar,
    value varchar,
    seq varchar,
)
