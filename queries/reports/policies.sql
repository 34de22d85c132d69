-- Policies that clocks were measured by
-- Grain: one row per policy that has clocks, in the order of its name; '' stands for clocks whose tickets name none
-- Units: is_known: whether a policy file has it; counts of clocks and tickets; shares 0 to 1; instants UTC, dates in the reporting time zone
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
)
select
    m.policy,
    coalesce(in_language(v.names, $language), m.policy) as name,
    v.policy is not null as is_known,
    v.objective,
    coalesce(v.reporting_timezone, 'UTC') as timezone,
    coalesce(p.target_metrics, []) as target_metrics,
    m.clocks_count,
    m.tickets_count,
    m.tickets_with_messages_count,
    m.tickets_with_statuses_count,
    m.tickets_with_regradings_count,
    a.as_of,
    date_trunc('week', a.as_of at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC'))::date as as_of_week,
    (date_trunc('week', a.as_of at time zone 'UTC' at time zone coalesce(v.reporting_timezone, 'UTC'))
        - interval 7 days)::date as last_complete_week,
    m.first_week,
    m.last_week,
from measured_policies m
cross join snapshot_as_of a
left join versions v on v.policy = m.policy and v.recency = 1
left join promised p on p.policy = m.policy
order by name, m.policy
