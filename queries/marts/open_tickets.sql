-- One row a ticket that is open at the as-of instant: its resolution clock is (D14). state (D25): on_us (a wait runs: the customer is unanswered), else by
-- its status now: on_customer (a waiting one), on_hold (one that only a target's `pause_on` names), else in_hand (answered, and ours to go on with).
-- waits_for: first_response or next_response, waiting_from_at UTC and waited_s by the wall clock where a wait runs; open_waited_s and outcome are its
-- clock's (null where the notice stopped that one). agent and team: whose it is now. policy '' where the ticket names none.
-- Parameters: $as_of.
create table open_tickets as
with unsolved as (
    from clock_facts
    where metric = 'resolution' and is_open
),
running as (
    select
        ticket_no,
        metric as waits_for,
        started_at as waiting_from_at,
        elapsed_s as open_waited_s,
        outcome,
    from clock_facts
    where metric in ('first_response', 'next_response') and is_open
    union all
    select
        first_waits.ticket_no,
        'first_response' as waits_for,
        first_waits.started_at as waiting_from_at,
        null as open_waited_s,
        null as outcome,
    from first_waits
    join clock_facts using (ticket_no)
    where first_waits.ended_at = timestamp 'infinity' and clock_facts.metric = 'first_response' and clock_facts.stopped_by = 'notice'
),
words_versions as (
    -- Status words are those of the version in force at the creation, before the first version the first one's (D1).
    select
        clock_facts.ticket_no,
        clock_facts.started_at as created_at,
        coalesce(nullif(clock_facts.version_no, -1), first_versions.version_no) as version_no,
    from clock_facts
    left join (
        select policy, arg_min(version_no, coalesce(valid_from_at, timestamp '0001-01-01')) as version_no
        from policy_versions
        group by policy
    ) as first_versions using (policy)
    where clock_facts.metric = 'resolution' and clock_facts.cycle = 1 and clock_facts.ticket_no in (select ticket_no from unsolved)
),
told as (
    select
        ticket_no,
        arg_max(value, events.rowid) filter (events.at <= $as_of) as status,
        bool_or(events.at > $as_of) as has_later,
    from events
    where kind = 'status' and ticket_no in (select ticket_no from unsolved)
    group by ticket_no
),
statuses as (
    select
        tickets.ticket_no,
        tickets.format,
        lower(trim(
            case when coalesce(told.has_later or tickets.solved_at > $as_of or tickets.closed_at > $as_of, false) then told.status
                else coalesce(tickets.status, told.status)
            end
        )) as status_key,
    from tickets
    left join told using (ticket_no)
    where tickets.ticket_no in (select ticket_no from unsolved)
)
select
    coalesce(unsolved.policy, '') as policy,
    unsolved.ticket_no,
    unsolved.ticket_id,
    unsolved.version_no,
    words_versions.created_at,
    case
        when running.ticket_no is not null then 'on_us'
        when coalesce(status_words.status_class, format_statuses.status_class) = 'waiting' then 'on_customer'
        when exists (
            from target_pauses
            join targets using (target_no)
            where targets.version_no = words_versions.version_no and target_pauses.status_key = statuses.status_key
        ) then 'on_hold'
        else 'in_hand'
    end as state,
    running.waits_for,
    running.waiting_from_at,
    datediff('second', running.waiting_from_at, $as_of::timestamp) as waited_s,
    running.open_waited_s,
    running.outcome,
    unsolved.agent,
    unsolved.team,
    unsolved.severity,
    unsolved.plan,
    unsolved.account,
    unsolved.channel,
from unsolved
join words_versions using (ticket_no)
join statuses using (ticket_no)
left join running using (ticket_no)
left join status_words on status_words.version_no = words_versions.version_no and status_words.status_key = statuses.status_key
left join format_statuses on format_statuses.format = statuses.format and format_statuses.status_key = statuses.status_key
order by policy, running.waiting_from_at nulls last, unsolved.ticket_no;
