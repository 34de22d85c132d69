-- One row a status event of a ticket up to the as-of instant, of several in one second the last (D3), and one for the solve that only the ticket's
-- own columns know (D4): an event of its second comes after it.
-- An event from before the creation holds from the creation on (D2): `holds_at`; its order stays that of `changed_at`.
-- Parameters: $as_of.
create or replace temp table clk_status_events as
with status_events as (
    select
        ticket_no,
        events.at as changed_at,
        lower(trim(value)) as status_key,
        case when events.by = 'agent' then author end as author,
    from events
    where kind = 'status' and events.at <= $as_of and ticket_no in (from shard_tickets)
    qualify lead(events.at) over (
        partition by ticket_no order by events.rowid
    ) is distinct from events.at
),
classed as (
    select
        status_events.ticket_no,
        status_events.changed_at,
        status_events.status_key,
        coalesce(status_words.status_class, format_statuses.status_class, 'open') as status_class,
        status_events.author,
        clk_tickets.created_at,
    from status_events
    join clk_tickets using (ticket_no)
    left join status_words
        on status_words.version_no = clk_tickets.words_version_no and status_words.status_key = status_events.status_key
    left join format_statuses
        on format_statuses.format = clk_tickets.format and format_statuses.status_key = status_events.status_key
),
column_solves as (
    select
        ticket_no,
        solved_at as changed_at,
        created_at,
    from clk_tickets
    anti join (from classed where status_class = 'solved') using (ticket_no)
    where solved_at between created_at and $as_of
)
select
    ticket_no,
    greatest(changed_at, created_at) as holds_at,
    changed_at,
    false as is_column,
    status_key,
    status_class,
    status_class = 'solved' as is_solved,
    author,
from classed
union all
select
    ticket_no,
    changed_at as holds_at,
    changed_at,
    true as is_column,
    null as status_key,
    'solved' as status_class,
    true as is_solved,
    null as author,
from column_solves;
