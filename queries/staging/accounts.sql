-- Grain: a stretch of an account's history, from valid_from (UTC; null: since ever) to the next. Of several rows for one start the
-- first by their texts is taken.
create or replace table accounts as
select
    account,
    name,
    plan,
    policy,
    manager,
    language,
    timezone,
    valid_from,
from stg_account_rows
where problem is null
qualify row_number() over (
    partition by account, valid_from
    order by plan, policy, name, manager, language, timezone
) = 1
order by account, valid_from nulls first
