-- The numbers of packs, taken before their files are made. Grain: one row per number; one without a row in issued was never issued.
-- Units: taken_at UTC as ISO 8601
create table if not exists numbers (
    issue_no integer primary key autoincrement,
    taken_at text not null
)
