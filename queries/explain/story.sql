-- One row a happening of $ticket_no up to the as-of instant, in order. Instants UTC. Parameters: $ticket_no.
select
    events.at as "at",
    events.kind,
    events.by as "by",
    events.author,
    events.public,
    events.value,
    events.seq,
from events
cross join snapshot
where events.ticket_no = $ticket_no and events.at <= snapshot.as_of
order by
    events.at,
    list_position(['severity', 'plan', 'message', 'acknowledged', 'status'], events.kind) nulls last,
    events.seq nulls first,
    events.value;
