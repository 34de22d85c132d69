-- One row a ticket that has statuses: whether it is solved at the as-of instant by its events, its last status class, and the last
-- sign that it was unsolved (its last status that is not a solve; null where there is none). Instants UTC.
create or replace temp table clk_solves as
select
    ticket_no,
    arg_max(is_solved, from_at) as is_solved,
    arg_max(status_class, from_at) as status_class,
    max(from_at) filter (not is_solved) as unsolved_at,
from clk_statuses
group by ticket_no;
