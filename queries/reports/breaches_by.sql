-- By what breaches cluster
-- Grain: one row per team, account and severity with a breach in the period; severities in the policy's order, the others with the most breaches first;
--     those after the first $most of a dimension make one row (is_rest). A value of '' stands for clocks without one
-- Units: counts of clocks that count in the period (rule 9): decided are the met and the breached, open those of the breached that have not stopped;
--     all_breached_count is the period's; values_count is how many values a row stands for
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $first_on date, optional: the first day of the period, in the reporting time zone
-- $last_on date, optional: the last day of the period
-- $metric text, optional: this metric's clocks only
-- $most integer, optional: so many rows of a dimension, beside the one for the rest
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with latest as (
    select version_no
    from policy_versions
    where policy = $policy
    order by valid_from_at desc nulls last
    limit 1
),
counted as (
    select
        case when grouping(team) = 0 then 'team' when grouping(account) = 0 then 'account' else 'severity' end as dimension,
        coalesce(team, account, severity, '') as value,
        count(*) filter (outcome = 'breached') as breached_count,
        count(*) as decided_count,
        count(*) filter (outcome = 'breached' and is_open) as open_count,
    from scoped_clocks($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where outcome in ('met', 'breached') and ($metric::varchar is null or metric = $metric)
    group by grouping sets ((team), (account), (severity))
    having count(*) filter (outcome = 'breached') > 0
),
ranked as (
    select
        c.*,
        coalesce(a.name, in_language(s.names, $language), c.value) as name,
        s.position,
        row_number() over (partition by c.dimension order by c.breached_count desc, name, c.value) as place,
        sum(c.breached_count) over (partition by c.dimension)::bigint as all_breached_count,
    from counted c
    left join accounts_now a on c.dimension = 'account' and a.account = c.value
    left join policy_severities s
        on c.dimension = 'severity' and s.severity = c.value and s.version_no = (select version_no from latest)
)
select
    dimension,
    coalesce(place > $most, false) as is_rest,
    case when not is_rest then any_value(value) end as value,
    case when not is_rest then any_value(name) end as name,
    sum(breached_count)::bigint as breached_count,
    sum(decided_count)::bigint as decided_count,
    sum(open_count)::bigint as open_count,
    any_value(all_breached_count) as all_breached_count,
    count(*) as values_count,
from ranked
group by dimension, is_rest, case when coalesce(place > $most, false) then null else value end
order by dimension = 'severity', dimension, is_rest, any_value(position) nulls last, sum(breached_count) desc, any_value(name)
