-- One row a ticket that must be measured to explain $ticket: itself, and where its policy knows duplicates by subject, the same requester's others.
-- Parameters: $ticket.
create or replace temp table shard_tickets as
with asked as (
    select
        tickets.ticket_no,
        lower(trim(tickets.policy)) as policy_key,
        lower(trim(tickets.requester)) as requester_key,
        exists (
            from policy_versions
            where lower(trim(policy_versions.policy)) = lower(trim(tickets.policy)) and policy_versions.duplicates is not null
        ) as is_by_subject,
    from tickets
    where tickets.ticket_id = $ticket
)
select tickets.ticket_no
from tickets
join asked
    on tickets.ticket_no = asked.ticket_no
    or (
        asked.is_by_subject
        and lower(trim(tickets.policy)) = asked.policy_key
        and lower(trim(tickets.requester)) = asked.requester_key
    );
