-- Empties the table of what accounts files say. Grain: a row of an accounts file; all text as it stands in the file,
-- missing is null.
create or replace temp table raw_accounts (
    file_no integer,
    account varchar,
    name varchar,
    plan varchar,
    policy varchar,
    manager varchar,
    language varchar,
    timezone varchar,
    valid_from varchar,
)
