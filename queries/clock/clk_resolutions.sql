-- One row a cycle of a ticket's resolution (rule 17): creation to the first solve, each reopening to the next. Instants UTC.
create or replace temp table clk_resolutions as
with changes as (
    select
        ticket_no,
        from_at as changed_at,
        is_solved,
        author,
        row_number() over (partition by ticket_no order by from_at) // 2 + 1 as cycle,
    from clk_statuses
    where is_change
),
cycles as (
    select
        ticket_no,
        cycle,
        max(changed_at) filter (not is_solved) as reopened_at,
        max(changed_at) filter (is_solved) as stopped_at,
        max(author) filter (is_solved) as stopped_by_author,
    from changes
    group by ticket_no, cycle
)
select
    clk_tickets.ticket_no,
    coalesce(cycles.cycle, 1) as cycle,
    coalesce(cycles.reopened_at, clk_tickets.created_at) as started_at,
    cycles.stopped_at,
    cycles.stopped_by_author,
from clk_tickets
left join cycles using (ticket_no);
