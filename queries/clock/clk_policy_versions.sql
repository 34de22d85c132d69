-- One row a policy version, by the key that tickets name it with; instants UTC. `is_first` marks the oldest version of its policy.
create or replace temp table clk_policy_versions as
select
    version_no,
    policy,
    lower(trim(policy)) as policy_key,
    coalesce(valid_from_at, timestamp '1970-01-01') as valid_from_at,
    coalesce(valid_until_at, timestamp '2200-01-01') as valid_until_at,
    row_number() over (partition by lower(trim(policy)) order by valid_from_at nulls first) = 1 as is_first,
    stops_on,
    duplicates,
    knows_all_severities,
    knows_all_plans,
    default_plan,
    default_calendar_no,
    reporting_timezone,
    exists (from targets where targets.version_no = policy_versions.version_no and targets.metric = 'periodic_update') as has_periodic_updates,
from policy_versions;
