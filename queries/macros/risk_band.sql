-- How much of its target a running clock has used: over_90, over_75 (to 90 %), over_50 (to 75 %), upto_50; standing where it stands still (rule 3).
-- due_at: its due instant; elapsed_s, target_s: its open seconds.
create or replace temp macro risk_band(due_at, elapsed_s, target_s) as
    case
        when due_at is null then 'standing'
        when elapsed_s * 100 > target_s * 90 then 'over_90'
        when elapsed_s * 100 > target_s * 75 then 'over_75'
        when elapsed_s * 100 > target_s * 50 then 'over_50'
        else 'upto_50'
    end
