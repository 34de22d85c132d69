-- One row a piece of work (D23), by the one it is credited to. kind: arrival, reopening and solve (cycles of the resolution clock; left_out is the
-- arrival of a ticket that is merged, spam or a duplicate), or reply (a public message by an agent on any ticket). done_at UTC; done_on and done_hour
-- (0 to 23) in the policy's reporting time zone; policy '' where tickets name none. backlog_change: 1 where an unsolved ticket came, -1 where one went, else 0.
-- has_author: of a reply, whether an event names who wrote it; one without is credited as D13 says. In the order of policy and done_at.
-- Parameters: $as_of.
create table work as
with resolutions as (
    select
        *,
        coalesce(reason, '') in ('merged', 'excluded_status', 'duplicate') as is_left_out,
    from clock_facts
    where metric = 'resolution'
),
cycles as (
    select
        ticket_no,
        version_no,
        case when is_left_out then 'left_out' when cycle = 1 then 'arrival' else 'reopening' end as kind,
        started_at as done_at,
        agent,
        team,
        case when not is_left_out and (is_open or stopped_by = 'solve') then 1 else 0 end as backlog_change,
        null::boolean as has_author,
        policy,
        severity,
        plan,
        account,
        channel,
    from resolutions
    where cycle = 1 or not is_left_out
    union all
    select
        ticket_no,
        version_no,
        'solve' as kind,
        stopped_at as done_at,
        agent,
        team,
        -1 as backlog_change,
        null::boolean as has_author,
        policy,
        severity,
        plan,
        account,
        channel,
    from resolutions
    where stopped_by = 'solve' and not is_left_out
),
messages as (
    select
        events.ticket_no,
        events.at as done_at,
        events.author,
    from events
    where events.kind = 'message' and events.public and events.by = 'agent' and events.at <= $as_of
    union all
    select
        tickets.ticket_no,
        tickets.first_reply_at as done_at,
        null as author,
    from tickets
    where tickets.first_reply_at <= $as_of
        and not exists (
            from events
            where events.ticket_no = tickets.ticket_no and events.kind = 'message' and events.public and events.by = 'agent' and events.at <= $as_of
        )
),
assignments as (
    select
        ticket_no,
        events.at as assigned_at,
        value as agent,
    from events
    where kind = 'assigned' and events.at <= $as_of
    qualify lead(events.at) over (partition by ticket_no order by events.rowid) is distinct from events.at
),
unsigned as (
    select
        messages.ticket_no,
        messages.done_at,
        any_value(assignments.agent) as agent,
    from (select distinct ticket_no, done_at from messages where author is null) as messages
    asof left join assignments on assignments.ticket_no = messages.ticket_no and messages.done_at >= assignments.assigned_at
    group by all
),
credited as (
    select
        messages.ticket_no,
        messages.done_at,
        coalesce(messages.author, unsigned.agent, tickets.agent) as agent,
        messages.author is not null as has_author,
        tickets.team as ticket_team,
    from messages
    join tickets using (ticket_no)
    left join unsigned on messages.author is null and unsigned.ticket_no = messages.ticket_no and unsigned.done_at = messages.done_at
),
replies as (
    select
        credited.ticket_no,
        resolutions.version_no,
        'reply' as kind,
        credited.done_at,
        credited.agent,
        coalesce(agents.team, credited.ticket_team) as team,
        0 as backlog_change,
        credited.has_author,
        resolutions.policy,
        resolutions.severity,
        resolutions.plan,
        resolutions.account,
        resolutions.channel,
    from credited
    join resolutions on resolutions.ticket_no = credited.ticket_no and resolutions.cycle = 1 and credited.done_at >= resolutions.started_at
    left join agents on agents.agent = credited.agent
),
happenings as (
    from cycles
    union all by name
    from replies
),
dated as (
    select
        happenings.* replace (coalesce(happenings.policy, '') as policy),
        timezone(coalesce(versions.reporting_timezone, 'UTC'), timezone('UTC', happenings.done_at)) as done_local,
    from happenings
    left join policy_versions as versions using (version_no)
)
select
    policy,
    kind,
    ticket_no,
    done_at,
    done_local::date as done_on,
    hour(done_local)::tinyint as done_hour,
    agent,
    team,
    severity,
    plan,
    account,
    channel,
    backlog_change::tinyint as backlog_change,
    has_author,
from dated
order by policy, done_at, ticket_no, kind;
