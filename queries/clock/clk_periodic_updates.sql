-- One row a span from one public message by an agent to the next, or to the solve (rule 16), on tickets whose policy promises updates.
-- A reply that only the ticket's own column knows starts none: nobody knows what came after it (D4). Instants UTC.
create or replace temp table clk_periodic_updates as
with stops as (
    select
        clk_timeline.ticket_no,
        clk_timeline.kind,
        clk_timeline.is_solved_before,
        clk_timeline.is_event,
        clk_timeline.happened_at as started_at,
        lead(clk_timeline.happened_at) over in_order as stopped_at,
        lead(clk_timeline.kind) over in_order as stopped_by,
        lead(clk_timeline.author) over in_order as stopped_by_author,
        clk_tickets.policy_key,
    from clk_timeline
    join clk_tickets using (ticket_no)
    where clk_timeline.kind in ('reply', 'solve')
        and clk_tickets.policy_key in (select policy_key from clk_policy_versions where has_periodic_updates)
    window in_order as (partition by clk_timeline.ticket_no order by clk_timeline.stops_before)
)
select
    stops.ticket_no,
    versions.version_no,
    row_number() over (partition by stops.ticket_no order by stops.started_at) as cycle,
    stops.started_at,
    stops.stopped_at,
    stops.stopped_by,
    stops.stopped_by_author,
from stops
join clk_policy_versions as versions
    on versions.policy_key = stops.policy_key
    and stops.started_at >= versions.valid_from_at and stops.started_at < versions.valid_until_at
where stops.kind = 'reply'
    and not stops.is_solved_before
    and stops.is_event
    and stops.stopped_at is distinct from stops.started_at
    and versions.has_periodic_updates;
