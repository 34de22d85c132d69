-- One row a creation, public message, solve or reopening of a ticket, in the order of rule 5. Instants UTC.
-- kind: created, message, reply, solve, reopening. stops_before: how many replies and solves came before it (the number of the gap that it lies in).
-- is_event: a message that an event tells of, not the ticket's own column. starts_at: when a wait would start by it (null: it starts none), by rule 12.
create or replace temp table clk_timeline as
with happenings as (
    select
        ticket_no,
        created_at as happened_at,
        0 as rank,
        -1 as event_no,
        'created' as kind,
        null as author,
        not is_opened_by_agent as is_start,
    from clk_tickets
    union all
    select
        ticket_no,
        sent_at as happened_at,
        case when is_reply then 2 else 1 end as rank,
        event_no,
        case when is_reply then 'reply' else 'message' end as kind,
        author,
        false as is_start,
    from clk_messages
    union all
    select
        ticket_no,
        from_at as happened_at,
        4 as rank,
        -1 as event_no,
        case when is_solved then 'solve' else 'reopening' end as kind,
        author,
        false as is_start,
    from clk_statuses
    where is_change
),
ordered as (
    select
        *,
        count(*) filter (kind in ('reply', 'solve')) over before_it as stops_before,
        count(*) filter (kind in ('solve', 'reopening')) over before_it as changes_before,
        lag(kind) over in_order as kind_before,
        lag(happened_at) over in_order as happened_at_before,
    from happenings
    window
        in_order as (partition by ticket_no order by happened_at, rank, event_no),
        before_it as (
            partition by ticket_no order by happened_at, rank, event_no
            rows between unbounded preceding and 1 preceding
        )
)
select
    ticket_no,
    happened_at,
    kind,
    event_no >= 0 as is_event,
    author,
    stops_before,
    changes_before,
    changes_before % 2 = 1 as is_solved_before,
    case
        when is_start then happened_at
        when kind = 'message' and changes_before % 2 = 0 then happened_at
        when kind = 'reopening' and kind_before = 'message' and happened_at - happened_at_before <= interval 60 second then happened_at_before
        when kind = 'reopening' and kind_before = 'message' then happened_at
    end as starts_at,
    kind = 'reopening' and kind_before = 'message' and happened_at - happened_at_before > interval 60 second as is_started_by_reopening,
from ordered;
