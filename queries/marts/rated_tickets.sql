-- One row a ticket that was offered a survey by the as-of instant, or answered one; the last answer counts (D21). Instants UTC; counted_on and week_start:
-- the local date, and its Monday, of the answer, else of the last offer. Severity, plan, agent (who solved it) and team are those of the resolution that the answer
-- followed. is_positive: from three quarters of its scale, null without an answer. first_response, resolution, targets: 'breached' where one of the ticket's
-- clocks of that metric (of any metric) is, else 'met' where one is, else null. reason: why it takes no part (merged, excluded_status, duplicate), or null.
-- Parameters: $as_of.
create table rated_tickets as
with answers as (
    select
        ticket_no,
        rated_at,
        score,
        scale_min,
        scale_max,
        comment,
        offered_at,
    from ratings
    where score is not null and rated_at <= $as_of
    qualify row_number() over (
        partition by ticket_no
        order by rated_at desc, (score - scale_min) / (scale_max - scale_min), comment nulls last, scale_max, offered_at
    ) = 1
),
offers as (
    select
        ticket_no,
        max(offered_at) as offered_at,
        arg_max(comment, offered_at) filter (comment is not null and score is null) as comment,
    from ratings
    where (score is null or rated_at > $as_of) and offered_at <= $as_of and ticket_no not in (select ticket_no from answers)
    group by ticket_no
),
surveys as (
    select
        *,
        true as is_answered,
        4 * (score - scale_min) >= 3 * (scale_max - scale_min) - 1e-9 as is_positive,
        rated_at as counted_at,
    from answers
    union all by name
    select
        *,
        false as is_answered,
        offered_at as counted_at,
    from offers
),
verdicts as (
    select
        ticket_no,
        max(cycle) filter (metric = 'resolution' and started_at <= surveys.counted_at) as cycle,
        bool_or(outcome = 'breached') as has_breached,
        bool_or(outcome = 'met') as has_met,
        bool_or(outcome = 'breached') filter (metric = 'first_response') as has_breached_first_response,
        bool_or(outcome = 'met') filter (metric = 'first_response') as has_met_first_response,
        bool_or(outcome = 'breached') filter (metric = 'resolution') as has_breached_resolution,
        bool_or(outcome = 'met') filter (metric = 'resolution') as has_met_resolution,
    from clock_facts
    join surveys using (ticket_no)
    group by ticket_no
),
dated as (
    select
        surveys.* exclude (counted_at),
        verdicts.* exclude (ticket_no),
        clock_facts.ticket_id,
        clock_facts.policy,
        clock_facts.version_no,
        clock_facts.severity,
        clock_facts.plan,
        clock_facts.account,
        clock_facts.team,
        clock_facts.agent,
        clock_facts.channel,
        clock_facts.reason,
        timezone(coalesce(policy_versions.reporting_timezone, 'UTC'), timezone('UTC', surveys.counted_at))::date as counted_on,
    from surveys
    join verdicts using (ticket_no)
    join clock_facts
        on clock_facts.ticket_no = surveys.ticket_no
        and clock_facts.metric = 'resolution'
        and clock_facts.cycle = coalesce(verdicts.cycle, 1)
    left join policy_versions on policy_versions.version_no = clock_facts.version_no
)
select
    ticket_no,
    ticket_id,
    policy,
    version_no,
    severity,
    plan,
    account,
    team,
    agent,
    channel,
    offered_at,
    rated_at,
    score,
    scale_min,
    scale_max,
    is_answered,
    is_positive,
    comment,
    case when has_breached_first_response then 'breached' when has_met_first_response then 'met' end as first_response,
    case when has_breached_resolution then 'breached' when has_met_resolution then 'met' end as resolution,
    case when has_breached then 'breached' when has_met then 'met' end as targets,
    case when reason in ('merged', 'excluded_status', 'duplicate') then reason end as reason,
    counted_on,
    date_trunc('week', counted_on)::date as week_start,
from dated
order by policy, counted_on, ticket_no;
