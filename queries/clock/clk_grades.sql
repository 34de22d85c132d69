-- One row a stretch of a ticket under one severity and plan, from_at to until_at (null: for good). Instants UTC.
-- Only tickets whose severity or plan changed; the others keep their own. An event from before the creation holds from the creation on (D2).
-- Parameters: $as_of.
create or replace temp table clk_grades as
with changes as (
    select
        events.ticket_no,
        greatest(events.at, clk_tickets.created_at) as holds_at,
        events.at as changed_at,
        1 as rank,
        events.rowid as event_no,
        case when events.kind = 'severity' then trim(events.value) end as severity,
        case when events.kind = 'plan' then trim(events.value) end as plan,
    from events
    join clk_tickets using (ticket_no)
    where events.kind in ('severity', 'plan') and events.at <= $as_of and events.ticket_no in (from shard_tickets)
),
graded as (
    select * from changes
    union all
    select
        ticket_no,
        created_at as holds_at,
        timestamp '1969-01-01' as changed_at,
        0 as rank,
        -1 as event_no,
        coalesce(severity, '') as severity,
        coalesce(plan, '') as plan,
    from clk_tickets
    semi join changes using (ticket_no)
),
held as (
    select
        ticket_no,
        holds_at,
        last_value(severity ignore nulls) over so_far as severity,
        last_value(plan ignore nulls) over so_far as plan,
        lead(holds_at) over in_order as next_at,
    from graded
    window
        in_order as (partition by ticket_no order by changed_at, rank, event_no),
        so_far as (
            partition by ticket_no order by changed_at, rank, event_no
            rows between unbounded preceding and current row
        )
)
select
    ticket_no,
    holds_at as from_at,
    next_at as until_at,
    nullif(severity, '') as severity,
    nullif(plan, '') as plan,
from held
where next_at is null or next_at > holds_at;
