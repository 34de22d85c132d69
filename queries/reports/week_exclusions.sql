-- Clocks left out of a week, and why
-- Grain: one row per metric and reason, the most frequent reason first
-- Units: counts of clocks that belong to the week
-- $policy text: the policy's id
-- $week date: Monday of the ISO week in the reporting time zone
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
select
    metric,
    reason,
    count(*) as clocks_count,
    count(distinct ticket_no) as tickets_count,
from scoped_clocks($policy, $week, $week::date + 6, $severity, $plan, $account, $manager, $team, $channel)
where outcome = 'excluded'
group by metric, reason
order by metric, clocks_count desc, reason
