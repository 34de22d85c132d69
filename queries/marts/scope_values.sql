-- One row a policy, dimension (severity, plan, account, team, channel) and value that its clocks have, with the number of clocks. Few, so that the
-- choices of every page cost nothing.
create table scope_values as
select
    coalesce(policy, '') as policy,
    case
        when grouping(severity) = 0 then 'severity'
        when grouping(plan) = 0 then 'plan'
        when grouping(account) = 0 then 'account'
        when grouping(team) = 0 then 'team'
        else 'channel'
    end as dimension,
    coalesce(severity, plan, account, team, channel) as value,
    sum(met_count + breached_count + running_count + excluded_count)::bigint as clocks_count,
from attainment_weeks
group by grouping sets ((policy, severity), (policy, plan), (policy, account), (policy, team), (policy, channel))
having coalesce(severity, plan, account, team, channel) is not null
order by all;
