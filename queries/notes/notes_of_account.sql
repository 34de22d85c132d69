-- The notes of an account in the order of writing. Grain: one row per note. Units: as in notes
-- $account the account; $last_no the newest note that takes part
select *
from notes
where account = $account and note_no <= $last_no
order by note_no
