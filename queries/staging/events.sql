-- Grain: an accepted event, exact repetitions once, in the order of ticket_no, at (UTC), kind, seq, value and author, which the clock takes from the rowid. by is null where nobody knows.
-- Only rows whose fingerprint occurs more than once are compared in full.
create or replace table events as
with accepted as (
    select ticket_no, "at", kind, "by", author, public, value, seq from stg_event_rows
    where problem is null
    union all
    select tickets.ticket_no, "at", kind, "by", author, true as public, value, seq from stg_log_events
    inner join tickets using (ticket_id)
),
fingerprinted as (
    select *, hash(ticket_no, "at", kind, "by", author, public, value, seq) as fingerprint from accepted
),
repeated as (
    select fingerprint from fingerprinted
    group by fingerprint
    having count(*) > 1
),
kept as (
    select * exclude (fingerprint) from fingerprinted
    anti join repeated using (fingerprint)
    union all
    select distinct * exclude (fingerprint) from fingerprinted
    semi join repeated using (fingerprint)
)
select
    ticket_no,
    tickets.ticket_id,
    kept."at",
    kept.kind,
    kept."by",
    kept.author,
    kept.public,
    kept.value,
    kept.seq,
from kept
inner join tickets using (ticket_no)
order by
    ticket_no,
    kept."at",
    kept.kind,
    kept.seq nulls first,
    kept.value nulls first,
    kept.author nulls first,
    kept."by",
    kept.public
