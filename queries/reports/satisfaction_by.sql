-- Satisfaction by severity, plan, team or account
-- Grain: one row per value of the dimension with surveys in the period, in the policy's order or by name; with $order 'answers' the most answers first
-- Units: counts of tickets: answered is positive or not, offered has an answer or none (D21); shares 0 to 1: share is positive of answered, response
--     is answered of offered, null where there is nothing; the interval is Wilson's at 95 %
-- $dimension text: severity, plan, team or account
-- $order text, optional: 'answers'; else by name
-- $language text, optional: language of the names, such as 'pt-BR'; else English
-- $policy text: the policy's id, '' for tickets that name none
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $severity text, optional: this severity's tickets only
-- $plan text, optional: this plan's tickets only
-- $account text, optional: this account's tickets only
-- $manager text, optional: tickets of the accounts of this manager only
-- $team text, optional: this team's tickets only
-- $channel text, optional: this channel's tickets only
with counted as (
    select
        case $dimension when 'severity' then severity when 'plan' then plan when 'team' then team when 'account' then account end as value,
        count(*) as offered_count,
        count(*) filter (is_answered) as answered_count,
        count(*) filter (is_positive) as positive_count,
    from scoped_ratings($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where reason is null
    group by value
),
latest as (
    select version_no
    from policy_versions
    where policy = $policy
    order by valid_from_at desc nulls last
    limit 1
),
named as (
    select
        counted.*,
        coalesce(in_language(severities.names, $language), in_language(plans.names, $language), accounts_now.name, value) as name,
        coalesce(severities.position, plans.position) as position,
    from counted
    left join policy_severities as severities
        on $dimension = 'severity' and severities.severity = value and severities.version_no = (from latest)
    left join policy_plans as plans on $dimension = 'plan' and plans.plan = value and plans.version_no = (from latest)
    left join accounts_now on $dimension = 'account' and accounts_now.account = value
)
select
    $dimension::varchar as dimension,
    value,
    name,
    offered_count,
    answered_count,
    positive_count,
    answered_count < 10 as is_too_few,
    share(positive_count, answered_count) as share,
    wilson_low(positive_count, answered_count) as share_low,
    wilson_high(positive_count, answered_count) as share_high,
    offered_count < 10 as is_response_too_few,
    share(answered_count, offered_count) as response,
from named
order by case when $order = 'answers' then -answered_count end, value is null, position, lower(name), value
