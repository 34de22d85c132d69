-- Empties the table of what agents files say. Grain: a row of an agents file; all text as it stands in the file,
-- missing is null.
create or replace temp table raw_agents (
    file_no integer,
    agent varchar,
    name varchar,
    team varchar,
    timezone varchar,
)
