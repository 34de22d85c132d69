-- Where each kind of export ends
-- Grain: one row per kind of thing that was accepted (tickets, events, ratings), the one that ends first before the others
-- Units: instants UTC; newest_at is the newest creation of a ticket, the newest event, the newest rating or survey; as_of is the snapshot's
with ends as (
    select
        'tickets' as kind,
        max(created_at) as newest_at,
    from tickets
    union all
    select
        'events' as kind,
        max("at") as newest_at,
    from events
    union all
    select
        'ratings' as kind,
        max(coalesce(rated_at, offered_at)) as newest_at,
    from ratings
)
select
    e.kind,
    e.newest_at,
    s.as_of,
from ends e
cross join snapshot s
where e.newest_at is not null
order by e.newest_at, e.kind
