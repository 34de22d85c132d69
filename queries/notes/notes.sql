-- The notes that people add to reviews, in the file of notes (SQLite). Grain: one row per note, in the order of writing; none is ever changed.
-- Units: written_at UTC as ISO 8601; dates ISO 8601; is_typed 1 where the name was typed and nobody signed in
create table if not exists notes (
    note_no integer primary key autoincrement,
    kind text not null check (kind in ('breach', 'period', 'waiver')),
    account text not null,
    ticket_id text,
    metric text,
    cycle integer,
    counted_on text,
    first_on text,
    last_on text,
    reason text,
    is_granted integer,
    agreed_with text,
    remark text not null,
    who text not null,
    is_typed integer not null,
    written_at text not null,
    check (kind = 'period' or (ticket_id is not null and metric is not null and cycle is not null and counted_on is not null)),
    check (kind <> 'period' or (first_on is not null and last_on is not null)),
    check (kind <> 'breach' or reason is not null),
    check (kind <> 'waiver' or (is_granted is not null and agreed_with is not null))
)
