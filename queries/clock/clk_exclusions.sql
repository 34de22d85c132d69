-- One row a ticket of the shard: why all its clocks are excluded (null: they are not), whether it is solved without anybody knowing when (D5),
-- the last sign that it was unsolved, and the column that puts its solve before its creation (D4). Instants UTC.
create or replace temp table clk_exclusions as
select
    clk_tickets.ticket_no,
    case
        when clk_tickets.is_merged then 'merged'
        when coalesce(clk_tickets.status_class, clk_solves.status_class) = 'excluded' then 'excluded_status'
        when coalesce(clk_tickets.status_class, clk_solves.status_class) = 'duplicate' then 'duplicate'
        when clk_tickets.is_tagged_duplicate or clk_duplicates.ticket_no is not null then 'duplicate'
    end as reason,
    coalesce(clk_tickets.status_class, 'open') = 'solved' and not coalesce(clk_solves.is_solved, false) as is_stop_unknown,
    coalesce(clk_tickets.status_class, clk_solves.status_class, 'open') = 'solved' as is_solved_now,
    clk_solves.unsolved_at,
    case when clk_tickets.solved_at < clk_tickets.created_at and solved.ticket_no is null
        then clk_tickets.solved_at
    end as misplaced_solve_at,
from clk_tickets
left join clk_solves using (ticket_no)
left join clk_duplicates using (ticket_no)
left join (select distinct ticket_no from clk_status_events where is_solved) as solved using (ticket_no);
