-- The work that the filters of a page let through. Grain: a row of work. Null leaves a filter open.
-- of_policy: the policy's id, '' for tickets that name none; first_on, last_on: the first and the last day of the period, in the reporting time zone;
-- of_severity, of_plan, of_account, of_team, of_channel: codes as the mart has them; of_manager: accounts of this manager.
create or replace temp macro scoped_work(of_policy, first_on, last_on, of_severity, of_plan, of_account, of_manager, of_team, of_channel) as table
select *
from work
where policy = of_policy
    and done_on between coalesce(first_on::date, date '0001-01-01') and coalesce(last_on::date, date '9999-12-31')
    and (of_severity::varchar is null or severity = of_severity)
    and (of_plan::varchar is null or plan = of_plan)
    and (of_account::varchar is null or account = of_account)
    and (of_manager::varchar is null or account in (select account from accounts_now where manager = of_manager))
    and (of_team::varchar is null or team = of_team)
    and (of_channel::varchar is null or channel = of_channel)
