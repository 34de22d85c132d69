-- Takes the next number of a pack. Grain: one row. Units: $taken_at UTC as ISO 8601
insert into numbers (taken_at)
values ($taken_at)
