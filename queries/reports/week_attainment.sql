-- Attainment of a week
-- Grain: one row per metric: first and next response always, the others where the policy promises them
-- Units: counts of clocks that fell due in the week; shares, gap and change 0 to 1 (met of met and breached); the interval
--     is Wilson's at 95 %; the band is where the share can still end once every running clock is decided
-- $policy text: the policy's id
-- $week date: Monday of the ISO week in the reporting time zone
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
with versions as (
    select
        version_no,
        objective,
        valid_from_at,
    from policy_versions
    where policy = $policy
        and coalesce(valid_from_at < ($week::timestamp + interval 7 days) at time zone reporting_timezone at time zone 'UTC', true)
    order by valid_from_at desc nulls last
    limit 1
),
promised as (
    select distinct t.metric
    from targets t
    join policy_versions v using (version_no)
    where v.policy = $policy
),
histories as (
    select exists (
        select 1
        from events e
        join clock_facts c on c.ticket_no = e.ticket_no and c.metric = 'first_response' and c.cycle = 1
        where e.kind = 'message' and coalesce(c.policy, '') = $policy
    ) as has_history
),
metrics as (
    select
        m.metric,
        m.position,
        p.metric is not null as has_target,
        m.metric <> 'next_response' or h.has_history as is_in_export,
    from (values ('first_response', 1), ('next_response', 2), ('periodic_update', 3), ('resolution', 4)) m(metric, position)
    cross join histories h
    left join promised p using (metric)
    where m.position <= 2 or p.metric is not null
),
counted as (
    select
        metric,
        week_start = $week as is_chosen,
        sum(met_count)::bigint as met_count,
        sum(breached_count)::bigint as breached_count,
        sum(running_count)::bigint as running_count,
        sum(excluded_count)::bigint as excluded_count,
    from scoped_weeks($policy, $severity, $plan, $account, $manager, $team, $channel)
    where week_start in ($week, $week::date - 7)
    group by all
),
compared as (
    select
        m.*,
        (select objective from versions) as objective,
        coalesce(c.met_count, 0) as met_count,
        coalesce(c.breached_count, 0) as breached_count,
        coalesce(c.met_count + c.breached_count, 0) as decided_count,
        coalesce(c.running_count, 0) as running_count,
        coalesce(c.excluded_count, 0) as excluded_count,
        coalesce(b.met_count, 0) as before_met_count,
        coalesce(b.met_count + b.breached_count, 0) as before_decided_count,
    from metrics m
    left join counted c on c.metric = m.metric and c.is_chosen
    left join counted b on b.metric = m.metric and not b.is_chosen
)
select
    metric,
    has_target,
    is_in_export,
    objective,
    met_count,
    breached_count,
    decided_count,
    decided_count < 10 as is_too_few,
    share(met_count, decided_count) as share,
    wilson_low(met_count, decided_count) as share_low,
    wilson_high(met_count, decided_count) as share_high,
    running_count,
    share(met_count, decided_count + running_count) as band_low,
    share(met_count + running_count, decided_count + running_count) as band_high,
    excluded_count,
    round(share(met_count, decided_count) - objective, 6) as gap,
    wilson_low(met_count, decided_count) > objective as is_surely_above,
    wilson_high(met_count, decided_count) < objective as is_surely_below,
    before_met_count,
    before_decided_count,
    share(before_met_count, before_decided_count) as before_share,
    case when least(decided_count, before_decided_count) >= 10 then
        share(met_count, decided_count) - share(before_met_count, before_decided_count)
    end as change,
from compared
order by position
