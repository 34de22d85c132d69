-- One row a stretch of a ticket in one status: from_at to until_at (null: to the as-of instant); of several in one second the last holds (D3).
-- is_change: the ticket was solved or reopened here. Instants UTC.
create or replace temp table clk_statuses as
with ordered as (
    select
        *,
        lead(holds_at) over status_order as next_at,
    from clk_status_events
    window status_order as (partition by ticket_no order by changed_at, is_column desc)
),
held as (
    select
        *,
        coalesce(lag(is_solved) over (partition by ticket_no order by holds_at), false) as was_solved,
    from ordered
    where next_at is null or next_at > holds_at
)
select
    ticket_no,
    holds_at as from_at,
    next_at as until_at,
    status_key,
    status_class,
    is_solved,
    is_solved <> was_solved as is_change,
    author,
from held;
