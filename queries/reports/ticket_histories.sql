-- What a snapshot knows of some tickets
-- Grain: one row per ticket asked for and clock it has; one without a metric where the ticket has none or the snapshot does not know it
-- Units: dates in the reporting time zone; created_at UTC; digest is of what the export told of the ticket up to $as_of, not of what came later, and does not depend
--  on the order of rows; rejected_reason is why a row of tickets that begins with the ticket's id was not accepted
-- $tickets text: ids as a JSON list
-- $as_of instant: the earlier of the as-of instants of two snapshots that are compared
with asked as (
    select unnest(from_json($tickets, '["VARCHAR"]')) as ticket_id
),
known as (
    select tickets.*
    from tickets
    semi join asked using (ticket_id)
),
happened as (
    select
        ticket_no,
        bit_xor(hash("at", kind, "by", author, "public", value, seq)) as digest,
    from events
    where ticket_no in (select ticket_no from known) and "at" <= $as_of::timestamp
    group by ticket_no
),
rejected as (
    select
        trim(string_split_regex("row", '[,;\t]')[1], ' "') as ticket_id,
        min(reason) as rejected_reason,
    from rejected_rows
    where file in (select file from source_files where kind in ('tickets', 'log'))
    group by all
)
select
    a.ticket_id,
    k.ticket_id is not null as is_known,
    k.created_at,
    r.rejected_reason,
    format('{:x}', hash(
        h.digest, k.created_at, k.severity, k.plan, k.policy, k.account, k.opened_by,
        case when k.acknowledged_at <= $as_of::timestamp then k.acknowledged_at end,
        case when k.first_reply_at <= $as_of::timestamp then k.first_reply_at end,
        case when k.solved_at <= $as_of::timestamp then k.solved_at end,
        case when k.closed_at <= $as_of::timestamp then k.closed_at end
    )) as digest,
    c.metric,
    c.cycle,
    c.week_start,
    c.outcome,
    c.reason,
from asked a
left join known k using (ticket_id)
left join happened h using (ticket_no)
left join rejected r on r.ticket_id = a.ticket_id
left join clock_facts c on c.ticket_no = k.ticket_no
order by a.ticket_id, c.metric, c.cycle
