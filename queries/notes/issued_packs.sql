-- Issued packs, the newest first. Grain: one row per issued pack. Units: as in issued
-- $account the account, null for all; $first_on and $last_on the days of its period, null for all; $issue_no this pack alone, null for all
select *
from issued
where ($account is null or account = $account)
    and ($first_on is null or first_on = $first_on)
    and ($last_on is null or last_on = $last_on)
    and ($issue_no is null or issue_no = $issue_no)
order by issue_no desc
