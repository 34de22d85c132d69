-- What stands out in a week
-- Grain: one row per team, account, severity, plan, channel or weekday (of the due instant) with a breach in the week, the
--     most surprising first
-- Units: counts of clocks; shares 0 to 1: late_share is breached of decided, part is its breaches of all the week's;
--     usual is the 12 weeks before; rest is the week's attainment without it; surprise is the number of standard
--     deviations by which its breaches exceed what its usual share would give; it stands out with at least 3 breaches,
--     where both its usual late_share and its usual part lie below the 95 % Wilson interval of the week's
-- $policy text: the policy's id
-- $metric text: first_response, next_response, periodic_update or resolution
-- $week date: Monday of the ISO week in the reporting time zone
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with grouped as (
    -- Few beside the clocks, so that each of them is looked at once and not once a dimension.
    select
        week_start = $week as is_chosen,
        outcome = 'breached' as is_breached,
        team,
        account,
        severity,
        plan,
        channel,
        isodow(counted_on) as weekday,
        version_no,
        count(*) as clocks_count,
    from scoped_clocks($policy, $week::date - 84, $week::date + 6, $severity, $plan, $account, $manager, $team, $channel)
    where metric = $metric and outcome in ('met', 'breached')
    group by all
),
decided as (
    select
        g.is_chosen,
        g.is_breached,
        g.clocks_count,
        unnest([
            {'dimension': 'team', 'value': g.team, 'name': g.team},
            {'dimension': 'account', 'value': g.account, 'name': coalesce(an.name, g.account)},
            {'dimension': 'severity', 'value': g.severity, 'name': coalesce(in_language(s.names, $language), g.severity)},
            {'dimension': 'plan', 'value': g.plan, 'name': coalesce(in_language(p.names, $language), g.plan)},
            {'dimension': 'channel', 'value': g.channel, 'name': g.channel},
            {'dimension': 'weekday', 'value': g.weekday::varchar, 'name': null},
        ], recursive := true),
    from grouped g
    left join policy_severities s on s.version_no = g.version_no and s.severity = g.severity
    left join policy_plans p on p.version_no = g.version_no and p.plan = g.plan
    left join accounts_now an on an.account = g.account
),
counted as (
    select
        dimension,
        value,
        max(name) as name,
        coalesce(sum(clocks_count) filter (is_chosen and is_breached), 0)::bigint as breached_count,
        coalesce(sum(clocks_count) filter (is_chosen), 0)::bigint as decided_count,
        coalesce(sum(clocks_count) filter (not is_chosen and is_breached), 0)::bigint as usual_breached_count,
        coalesce(sum(clocks_count) filter (not is_chosen), 0)::bigint as usual_decided_count,
    from decided
    where value is not null
    group by dimension, value
),
of_all as (
    select
        coalesce(sum(clocks_count) filter (is_chosen and is_breached), 0)::bigint as breached_count,
        coalesce(sum(clocks_count) filter (is_chosen), 0)::bigint as decided_count,
        coalesce(sum(clocks_count) filter (not is_chosen and is_breached), 0)::bigint as usual_breached_count,
        coalesce(sum(clocks_count) filter (not is_chosen), 0)::bigint as usual_decided_count,
    from decided
    where dimension = 'team'
),
compared as (
    select
        c.*,
        a.breached_count as all_breached_count,
        a.decided_count as all_decided_count,
        a.usual_breached_count as all_usual_breached_count,
        case
            when c.usual_decided_count >= 10 then share(c.usual_breached_count, c.usual_decided_count)
            when a.usual_decided_count >= 10 then share(a.usual_breached_count, a.usual_decided_count)
        end as usual_late_share,
    from counted c
    cross join of_all a
    where c.breached_count > 0
)
select
    dimension,
    value,
    name,
    breached_count,
    decided_count,
    share(breached_count, decided_count) as late_share,
    all_breached_count,
    share(breached_count, all_breached_count) as part,
    usual_breached_count,
    usual_decided_count,
    usual_decided_count < 10 as is_usual_of_all,
    usual_late_share,
    share(usual_breached_count, all_usual_breached_count) as usual_part,
    all_decided_count - decided_count as rest_decided_count,
    all_decided_count - all_breached_count - decided_count + breached_count as rest_met_count,
    share(
        all_decided_count - all_breached_count - decided_count + breached_count,
        all_decided_count - decided_count
    ) as rest_share,
    (breached_count - decided_count * usual_late_share)
        / sqrt(greatest(decided_count * usual_late_share * (1 - usual_late_share), 0.25)) as surprise,
    coalesce(
        breached_count >= 3
        and wilson_low(breached_count, decided_count) > usual_late_share
        and wilson_low(breached_count, all_breached_count) > coalesce(share(usual_breached_count, all_usual_breached_count), 0),
        false
    ) as stands_out,
from compared
order by surprise desc nulls last, breached_count desc, dimension, value
