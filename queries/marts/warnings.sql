-- One row a thing that a reader should know: a reply dated before its ticket's creation (kind reply_before_creation: ticket_id, at), a status
-- word that neither policy nor format knows and that counts as open (kind unknown_status: value, tickets_count), or that ratings were given
-- after the as-of instant and take no part (kind rating_after_as_of: tickets_count, at is the newest). Instants UTC.
-- Parameters: $as_of.
create table warnings as
with policies as (
    select
        lower(trim(policy)) as policy_key,
        version_no,
    from policy_versions
),
words as (
    select
        ticket_no,
        lower(trim(status)) as status_key,
        trim(status) as value,
    from tickets
    where status is not null
    union
    select
        ticket_no,
        lower(trim(value)) as status_key,
        trim(value) as value,
    from events
    where kind = 'status'
),
unknown as (
    select
        words.value,
        words.ticket_no,
    from words
    join tickets using (ticket_no)
    where not exists (from format_statuses where format_statuses.format = tickets.format and format_statuses.status_key = words.status_key)
        and not exists (
            from status_words
            join policies using (version_no)
            where policies.policy_key = lower(trim(tickets.policy)) and status_words.status_key = words.status_key
        )
)
select
    'reply_before_creation' as kind,
    events.ticket_id,
    null as value,
    1::bigint as tickets_count,
    events.at as "at",
from events
join tickets using (ticket_no)
where events.kind = 'message' and events.public and events.by = 'agent' and events.at < tickets.created_at and events.at <= $as_of
union all
select
    'unknown_status' as kind,
    null as ticket_id,
    value,
    count(distinct ticket_no) as tickets_count,
    null as "at",
from unknown
group by value
union all
select
    'rating_after_as_of' as kind,
    null as ticket_id,
    null as value,
    count(distinct ticket_no) as tickets_count,
    max(coalesce(rated_at, offered_at)) as "at",
from ratings
where coalesce(rated_at, offered_at) > $as_of
having tickets_count > 0
order by all;
