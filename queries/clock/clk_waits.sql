-- One row a wait (rule 12): the oldest unanswered public message of the customer to the reply or solve that ended it (null: none yet). Instants UTC.
-- wait_no counts from 1 within a ticket; stopped_by: reply or solve. is_started_by_reopening: in its second, the reopening
-- came after the messages and notices.
create or replace temp table clk_waits as
with gaps as (
    select
        ticket_no,
        stops_before,
        min(starts_at) as started_at,
        bool_or(is_started_by_reopening) as is_started_by_reopening,
        max(happened_at) filter (kind in ('reply', 'solve')) as stopped_at,
        max(kind) filter (kind in ('reply', 'solve')) as stopped_by,
        max(author) filter (kind in ('reply', 'solve')) as stopped_by_author,
    from clk_timeline
    group by ticket_no, stops_before
)
select
    *,
    row_number() over (partition by ticket_no order by stops_before) as wait_no,
from gaps
where started_at is not null;
