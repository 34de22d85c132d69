-- One row a policy, metric, week (rule 9), severity, plan, account, team and channel, with its clocks by outcome.
create table attainment_weeks as
select
    policy,
    metric,
    week_start,
    severity,
    plan,
    account,
    team,
    channel,
    count(*) filter (outcome = 'met') as met_count,
    count(*) filter (outcome = 'breached') as breached_count,
    count(*) filter (outcome = 'running') as running_count,
    count(*) filter (outcome = 'excluded') as excluded_count,
from clock_facts
group by all
order by all;
