-- Empties the table of the files of a build. Grain: a file read. first_place: the rowid of its first row in its raw
-- table; timezone: IANA name for its instants without an offset; rows_unreadable: rows that are no CSV of the
-- header's width or no UTF-8; dates_certainty: how their layout is known (seen, format, answered).
create or replace temp table intake_files (
    file_no integer,
    file varchar,
    format varchar,
    kind varchar,
    sha256 varchar,
    bytes bigint,
    timezone varchar,
    is_zone_assumed boolean,
    dates varchar,
    constants map(varchar, varchar),
    initial_statuses varchar[],
    first_place bigint,
    rows_readable bigint,
    rows_unreadable bigint,
    encoding varchar,
    delimiter varchar,
    dates_certainty varchar,
)
