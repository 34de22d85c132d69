-- One row: the ticket asked for by its id ($ticket), with the names that its numbers stand for. Instants UTC. Parameters: $ticket.
select
    tickets.ticket_no,
    tickets.ticket_id,
    tickets.subject,
    tickets.created_at,
    tickets.status,
    tickets.severity,
    tickets.plan,
    tickets.policy,
    tickets.account,
    tickets.requester,
    tickets.opened_by,
    source_files.file,
    snapshot.as_of,
from tickets
cross join snapshot
left join source_files using (file_no)
where tickets.ticket_id = $ticket;
