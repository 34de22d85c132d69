-- Accounts that a review can be about
-- Grain: one row per account that has clocks, by name
-- Units: counts of clocks of every policy; policies are those that measured them, the one with the most clocks first, '' where tickets name none
-- $account text, optional: this account only
with counted as (
    select
        value as account,
        sum(clocks_count)::bigint as clocks_count,
        list(policy order by clocks_count desc, policy) as policies,
    from scope_values
    where dimension = 'account' and ($account::varchar is null or value = $account)
    group by value
)
select
    c.account,
    coalesce(a.name, c.account) as name,
    a.manager,
    a.language,
    a.plan,
    c.policies,
    c.clocks_count,
from counted c
left join accounts_now a using (account)
order by lower(coalesce(a.name, c.account)), c.account
