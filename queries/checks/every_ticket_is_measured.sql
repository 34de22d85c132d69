-- Returns a row for each ticket created by the as-of instant without a first response or a resolution.
-- Parameters: $as_of.
select
    tickets.ticket_id,
    metrics.metric,
from tickets
cross join (values ('first_response'), ('resolution')) as metrics (metric)
where tickets.created_at <= $as_of
    and not exists (
        from clock_facts
        where clock_facts.ticket_no = tickets.ticket_no and clock_facts.metric = metrics.metric and clock_facts.cycle = 1
    );
