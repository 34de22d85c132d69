-- What became of clocks that somebody wrote a note about
-- Grain: one row per clock asked for that the snapshot has
-- Units: counted_on is the day by which it counts, in the reporting time zone (rule 9)
-- $clocks text: the clocks as a JSON list of objects with ticket_id, metric and cycle
-- $account text: the account; a clock of another account is as one that is not there
with asked as (
    select unnest(from_json($clocks, '[{"ticket_id": "VARCHAR", "metric": "VARCHAR", "cycle": "BIGINT"}]'), recursive := true)
)
select
    c.ticket_id,
    c.metric,
    c.cycle,
    c.outcome,
    c.reason,
    c.counted_on,
from clock_facts c
semi join asked a on a.ticket_id = c.ticket_id and a.metric = c.metric and a.cycle = c.cycle
where c.account = $account
order by c.ticket_id, c.metric, c.cycle
