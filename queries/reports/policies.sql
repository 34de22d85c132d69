-- Policies that clocks were measured by
-- Grain: one row per policy that has clocks, in the order of its name; '' stands for clocks whose tickets name none
-- Units: counts of clocks and tickets; shares 0 to 1; instants UTC, dates in the reporting time zone
-- $language text, optional: language of the name, such as 'pt-BR'; else English
with snapshot_as_of as (
    select max(as_of) as as_of from snapshot
),
versions as (
    select
        *,
        row_number() over (
            partition by policy
            order by coalesce(valid_from_at <= (select as_of from snapshot_as_of), true) desc, valid_from_at desc nulls last
        ) as recency,
    from policy_versions
),
promised as (
    select
        v.policy,
        list(distinct t.metric order by t.metric) as target_metrics,
    from targets t
    join policy_versions v using (version_no)
    group by v.policy
),
measured as (
    select
        coalesce(policy, '') as policy,
        count(*) as clocks_count,
        count(distinct ticket_no) as tickets_count,
        min(week_start) as first_week,
        max(week_start) as last_week,
    from clock_facts
    group by all
),
histories as (
    select
        coalesce(m.policy, '') as policy,
        count(distinct e.ticket_no) as tickets_with_messages_count,
    from events e
    join clock_facts m on m.ticket_no = e.ticket_no and m.metric = 'first_response' and m.cycle = 1
    where e.kind = 'message'
    group by all
)
select
    m.policy,
    coalesce(in_language(v.names, $language), m.policy) as name,
    v.objective,
    coalesce(v.reporting_timezone, 'UTC') as timezone,
    coalesce(p.target_metrics, []) as target_metrics,
    m.clocks_count,
    m.tickets_count,
    coalesce(h.tickets_with_messages_count, 0) as tickets_with_messages_count,
    a.as_of,
    date_trunc('week', a.as_of at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC'))::date as as_of_week,
    (date_trunc('week', a.as_of at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC'))
        - interval 7 days)::date as last_complete_week,
    m.first_week,
    m.last_week,
from measured m
cross join snapshot_as_of a
left join versions v on v.policy = m.policy and v.recency = 1
left join promised p on p.policy = m.policy
left join histories h on h.policy = m.policy
order by name, m.policy
