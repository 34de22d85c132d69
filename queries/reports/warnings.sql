-- What a reader should know of single tickets and words
-- Grain: one row per reply dated before its ticket's creation, which stops nothing, and per status word that neither policy nor format knows, which
--  counts as open; and one where ratings were given after the as-of instant, which take no part
-- Units: instants UTC; counts of tickets
select
    kind,
    ticket_id,
    value,
    tickets_count,
    warnings."at" as happened_at,
from warnings
order by kind, tickets_count desc, value, ticket_id, happened_at
