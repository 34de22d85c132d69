-- The number of the newest note of the file, of whatever account; 0 without any. Grain: one row. Units: numbers from 1
select coalesce(max(note_no), 0) as last_no
from notes
