-- Running clocks by the share of their target used
-- Grain: one row per band (over_90: over 90 %; over_75: over 75 to 90 %; over_50: over 50 to 75 %; upto_50; standing: no due instant, for the clock stands
--     still) and metric of which a clock runs at the as-of instant, bands without clocks among them; the most urgent band first
-- Units: counts of clocks, whatever the period; next_due_at (UTC) and next_ticket_id are those of the next to fall due
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $metric text, optional: this metric's clocks only
with running as (
    select
        ticket_id,
        metric,
        due_at,
        risk_band(due_at, elapsed_s, target_s) as band,
    from scoped_clocks($policy, null, null, $severity, $plan, $account, $manager, $team, $channel)
    where outcome = 'running' and ($metric::varchar is null or metric = $metric)
)
select
    b.band,
    m.metric,
    count(r.ticket_id) as clocks_count,
    min(r.due_at) as next_due_at,
    arg_min(r.ticket_id, (r.due_at, r.ticket_id)) filter (r.due_at is not null) as next_ticket_id,
from (values ('over_90', 1), ('over_75', 2), ('over_50', 3), ('upto_50', 4), ('standing', 5)) b(band, place)
cross join (
    select *
    from (values ('first_response', 1), ('next_response', 2), ('periodic_update', 3), ('resolution', 4)) m(metric, position)
    where metric in (select metric from running)
) m
left join running r on r.band = b.band and r.metric = m.metric
group by b.band, b.place, m.metric, m.position
order by b.place, m.position
