-- Grain: an accepted event in the order of ticket_no, at (UTC), kind, seq, value and author, which the clock takes from the rowid.
-- by is null where nobody knows. Exact repetitions stand side by side here; drop_repeated_events takes them out.
create or replace table events as
with accepted as (
    select ticket_no, ticket_id, "at", kind, "by", author, public, value, seq from stg_event_rows
    where problem is null and kind <> 'none'
    union all
    select ticket_no, ticket_id, "at", 'message' as kind, "by", author, true as public, null as value, null as seq from stg_told_messages
    inner join tickets using (ticket_id)
    where is_taken
    union all
    select ticket_no, ticket_id, "at", 'merged' as kind, 'system' as "by", null as author, true as public, null as value, null as seq
    from stg_told_merges
    union all
    select tickets.ticket_no, tickets.ticket_id, "at", kind, "by", author, true as public, value, seq from stg_log_events
    inner join tickets using (ticket_id)
)
select
    ticket_no,
    ticket_id,
    "at",
    kind,
    "by",
    author,
    public,
    value,
    seq,
from accepted
order by
    ticket_no,
    "at",
    kind,
    seq nulls first,
    value nulls first,
    author nulls first,
    "by",
    public
