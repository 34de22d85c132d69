-- The packs that were issued, in the file of notes (SQLite). Grain: one row per issued pack; none is ever changed.
-- Units: as_of and issued_at UTC as ISO 8601; note_no is the last note that was taken into account, compared_no the pack it was compared with; policies
--     is a JSON list of pairs of file and SHA-256, figures a JSON object of values by name, differences a JSON list, forms SHA-256 by form
create table if not exists issued (
    issue_no integer primary key references numbers (issue_no),
    account text not null,
    language text not null,
    period_kind text not null,
    first_on text not null,
    last_on text not null,
    snapshot text not null,
    snapshot_sha256 text not null,
    as_of text not null,
    policies text not null,
    note_no integer not null,
    compared_no integer,
    figures text not null,
    differences text not null,
    forms text not null,
    who text not null,
    is_typed integer not null,
    issued_at text not null
)
