-- One row a ticket: its first wait, and what stopped the first response (rules 12, 13 and 15; D4, D15). Instants UTC.
-- stops_on_notice: a notice stops it as a reply does. stopped_by: reply, notice, solve, column (a misplaced one) or null. is_wait: the customer has waited for it. reason: times_out_of_order, opened_by_agent or null.
create or replace temp table clk_first_responses as
with first_waits as (
    select
        clk_tickets.ticket_no,
        coalesce(clk_waits.started_at, clk_tickets.created_at) as started_at,
        clk_waits.ticket_no is not null as is_wait,
        coalesce(clk_waits.is_started_by_reopening, false) as is_started_by_reopening,
        clk_waits.stopped_at,
        clk_waits.stopped_by,
        clk_waits.stopped_by_author,
        clk_tickets.policy_key,
    from clk_tickets
    left join clk_waits on clk_waits.ticket_no = clk_tickets.ticket_no and clk_waits.wait_no = 1
),
versioned as (
    select
        first_waits.*,
        versions.version_no,
        coalesce(versions.stops_on, 'agent_reply') = 'acknowledged' as stops_on_notice,
    from first_waits
    left join clk_policy_versions as versions
        on versions.policy_key = first_waits.policy_key
        and first_waits.started_at >= versions.valid_from_at and first_waits.started_at < versions.valid_until_at
),
first_notices as (
    select
        versioned.ticket_no,
        min(clk_notices.noticed_at) as noticed_at,
        arg_min_null(
            clk_notices.author,
            (clk_notices.noticed_at, clk_notices.event_no)
        ) as author,
    from versioned
    join clk_notices
        on clk_notices.ticket_no = versioned.ticket_no
        and clk_notices.noticed_at >= versioned.started_at
        and (clk_notices.noticed_at > versioned.started_at or not versioned.is_started_by_reopening)
    where versioned.stops_on_notice and versioned.is_wait
    group by versioned.ticket_no
),
later_replies as (
    select
        versioned.ticket_no,
        min(clk_messages.sent_at) as sent_at,
    from versioned
    join clk_messages
        on clk_messages.ticket_no = versioned.ticket_no and clk_messages.is_reply and clk_messages.sent_at >= versioned.started_at
    where versioned.stopped_by = 'solve' or not versioned.is_wait
    group by versioned.ticket_no
),
stopped as (
    select
        versioned.*,
        first_notices.noticed_at as notice_at,
        first_notices.author as notice_author,
        first_notices.noticed_at is not null and (
            versioned.stopped_at is null or first_notices.noticed_at < versioned.stopped_at
            or (first_notices.noticed_at = versioned.stopped_at and versioned.stopped_by = 'solve')
        ) as is_stopped_by_notice,
        case when versioned.stopped_by = 'reply' then versioned.stopped_at else later_replies.sent_at end as first_reply_at,
        case when versioned.stops_on_notice
            then coalesce(least(clk_misplaced.reply_at, clk_misplaced.notice_at), clk_misplaced.reply_at, clk_misplaced.notice_at)
            else clk_misplaced.reply_at
        end as misplaced_at,
    from versioned
    left join first_notices using (ticket_no)
    left join later_replies using (ticket_no)
    left join clk_misplaced using (ticket_no)
)
select
    ticket_no,
    version_no,
    stops_on_notice,
    started_at,
    case
        when misplaced_at is not null then misplaced_at
        when is_stopped_by_notice then notice_at
        else stopped_at
    end as stopped_at,
    case
        when misplaced_at is not null then 'column'
        when is_stopped_by_notice then 'notice'
        else stopped_by
    end as stopped_by,
    case
        when misplaced_at is not null then null
        when is_stopped_by_notice then notice_author
        else stopped_by_author
    end as stopped_by_author,
    first_reply_at,
    is_wait,
    case
        when misplaced_at is not null then 'times_out_of_order'
        when not is_wait then 'opened_by_agent'
    end as reason,
from stopped;
