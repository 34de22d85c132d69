-- One row a happening of $ticket_no up to the as-of instant, in order. Instants UTC. Parameters: $ticket_no.
select
    events.at as "at",
    events.kind,
    events.by as "by",
    events.author,
    coalesce(agents.name, events.author) as author_name,
    events.public,
    events.value,
    case when events.kind = 'assigned' then assignees.name end as assignee_name,
    events.seq,
from events
cross join snapshot
left join agents on agents.agent = events.author
left join agents as assignees on assignees.agent = events.value
where events.ticket_no = $ticket_no and events.at <= snapshot.as_of
order by
    events.at,
    list_position(['severity', 'plan', 'message', 'acknowledged', 'status'], events.kind) nulls last,
    events.seq nulls first,
    events.value;
