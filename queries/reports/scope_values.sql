-- What the filters offer
-- Grain: one row per policy, dimension (severity, plan, account, team, channel) and value that its clocks have; severities and plans in the policy's
--     order, the others by name
-- Units: counts of clocks; manager is the account's
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with latest as (
    select version_no
    from policy_versions
    where policy = $policy
    order by valid_from_at desc nulls last
    limit 1
)
select
    v.dimension,
    v.value,
    coalesce(in_language(s.names, $language), in_language(p.names, $language), a.name, v.value) as name,
    a.manager,
    v.clocks_count,
from scope_values v
left join policy_severities s on v.dimension = 'severity' and s.severity = v.value and s.version_no = (select version_no from latest)
left join policy_plans p on v.dimension = 'plan' and p.plan = v.value and p.version_no = (select version_no from latest)
left join accounts_now a on v.dimension = 'account' and a.account = v.value
where v.policy = $policy
order by v.dimension, coalesce(s.position, p.position), lower(coalesce(a.name, v.value)), v.value
