-- One row a ticket whose customer waits or waited for the first reply, as far as it is known when that ended (D24): started_at, ended_at (infinite: it
-- still runs) and ended_by (reply, solve or null), UTC. Merged, excluded and duplicate tickets stand in no queue and here.
-- older_until_at: when the last of the policy's older first waits ended (null: none is older). is_in_order: of one that a reply ended, whether no older one
-- still waited. passed_by_count: of one that still runs, the younger ones that a reply ended. waited_s: open seconds to the reply. is_out_of_hours:
-- the policy's default calendar was closed when it began. ended_on: local date of the reply; agent and team: those who wrote it, else whose the ticket is.
-- Parameters: $as_of.
create table first_waits as
with solves as (
    select
        ticket_no,
        stopped_at as solved_at,
    from clock_facts
    where metric = 'resolution' and stopped_by = 'solve'
),
open_now as (
    select ticket_no
    from clock_facts
    where metric = 'resolution' and is_open
),
noticed as (
    -- The notice stopped the clock, not the wait (rule 13).
    select
        clocks.ticket_no,
        any_value(clocks.first_reply_at) as replied_at,
        min(solves.solved_at) filter (solves.solved_at >= clocks.started_at) as solved_at,
        bool_or(open_now.ticket_no is not null) as is_open,
    from clock_facts as clocks
    left join solves using (ticket_no)
    left join open_now using (ticket_no)
    where clocks.metric = 'first_response' and clocks.stopped_by = 'notice'
    group by clocks.ticket_no
),
waits as (
    select
        clocks.*,
        case
            when clocks.stopped_by in ('reply', 'solve') then clocks.stopped_by
            when noticed.replied_at <= coalesce(noticed.solved_at, noticed.replied_at) then 'reply'
            when noticed.solved_at is not null then 'solve'
        end as ended_by,
        case
            when clocks.stopped_by in ('reply', 'solve') then clocks.stopped_at
            when clocks.is_open or (noticed.is_open and noticed.replied_at is null and noticed.solved_at is null) then timestamp 'infinity'
            else coalesce(least(noticed.replied_at, noticed.solved_at), noticed.replied_at, noticed.solved_at)
        end as ended_at,
    from clock_facts as clocks
    left join noticed using (ticket_no)
    where clocks.metric = 'first_response'
        and coalesce(clocks.reason, '') not in ('merged', 'excluded_status', 'duplicate', 'times_out_of_order', 'opened_by_agent')
        and clocks.stopped_by is distinct from 'column'
),
writers as (
    select
        ticket_no,
        done_at,
        min(agent) as agent,
        arg_min(team, agent) as team,
    from work
    where kind = 'reply' and ticket_no in (select ticket_no from noticed)
    group by ticket_no, done_at
),
ordered as (
    select
        *,
        max(ended_at) over (queue groups between unbounded preceding and 1 preceding) as older_until_at,
        -- A count with a filter would be counted anew for every row here.
        count_if(ended_by is not distinct from 'reply') over (partition by coalesce(policy, ''))
            - count_if(ended_by is not distinct from 'reply') over (queue) as younger_replied_count,
    from waits
    where ended_at is not null
    window queue as (partition by coalesce(policy, '') order by started_at)
)
select
    coalesce(ordered.policy, '') as policy,
    ordered.ticket_no,
    ordered.ticket_id,
    ordered.version_no,
    ordered.started_at,
    ordered.ended_at,
    ordered.ended_by,
    case when ordered.ended_by = 'reply'
        then timezone(coalesce(versions.reporting_timezone, 'UTC'), timezone('UTC', ordered.ended_at))::date
    end as ended_on,
    ordered.older_until_at,
    case when ordered.ended_by = 'reply' then coalesce(ordered.older_until_at <= ordered.ended_at, true) end as is_in_order,
    case when ordered.ended_at = timestamp 'infinity' then ordered.younger_replied_count::bigint end as passed_by_count,
    case
        when ordered.ended_by is distinct from 'reply' then null
        when ordered.stopped_by = 'reply' then ordered.elapsed_s
        else at_end.open_before_s + least(datediff('second', at_end.opens_at, ordered.ended_at), datediff('second', at_end.opens_at, at_end.closes_at))
            - at_start.open_before_s
            - least(datediff('second', at_start.opens_at, ordered.started_at), datediff('second', at_start.opens_at, at_start.closes_at))
    end as waited_s,
    coalesce(ordered.started_at >= hours.closes_at, false) as is_out_of_hours,
    coalesce(writers.agent, ordered.agent) as agent,
    coalesce(writers.team, ordered.team) as team,
    ordered.severity,
    ordered.plan,
    ordered.account,
    ordered.channel,
from ordered
left join policy_versions as versions using (version_no)
left join writers
    on ordered.stopped_by = 'notice' and writers.ticket_no = ordered.ticket_no and writers.done_at = ordered.ended_at
asof left join calendar_spans as hours
    on hours.calendar_no = versions.default_calendar_no and ordered.started_at >= hours.opens_at
asof left join calendar_spans as at_start
    on at_start.calendar_no = ordered.calendar_no and ordered.started_at >= at_start.opens_at
asof left join calendar_spans as at_end
    on at_end.calendar_no = ordered.calendar_no and ordered.ended_at >= at_end.opens_at
order by policy, started_at, ticket_no;
