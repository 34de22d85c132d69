-- One row an account that a ticket or the list of accounts names, as it is known at the as-of instant: null where its rows say nothing. Parameters: $as_of UTC.
create table accounts_now as
with known as (
    select
        account,
        coalesce(valid_from, timestamp '0001-01-01') as valid_from,
        name,
        plan,
        policy,
        manager,
        language,
        timezone,
    from accounts
    where valid_from is null or valid_from <= $as_of
    union all
    select distinct account, timestamp '0001-01-01' as valid_from, null, null, null, null, null, null from tickets
    where account is not null
)
select
    account,
    arg_max(name, valid_from) filter (name is not null) as name,
    arg_max(plan, valid_from) filter (plan is not null) as plan,
    arg_max(policy, valid_from) filter (policy is not null) as policy,
    arg_max(manager, valid_from) filter (manager is not null) as manager,
    arg_max(language, valid_from) filter (language is not null) as language,
    arg_max(timezone, valid_from) filter (timezone is not null) as timezone,
from known
group by account
order by account;
