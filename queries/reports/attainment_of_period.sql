-- Attainment of a period and of the one before
-- Grain: one row per metric: first response, next response and resolution always, periodic updates where the policy promises them; promised ones first
-- Units: counts of clocks that fell due in the period; shares, gap and change 0 to 1 (met of met and breached); the interval is Wilson's at 95 %; the
--     band is where the share can still end once every running clock is decided; unpromised_count is those left out for want of a target
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $first_on date: the first day of the period, in the reporting time zone
-- $last_on date: the last day of the period
-- $before_first_on date, optional: the first day of the period before; left out, nothing is compared
-- $before_last_on date, optional: the last day of the period before, earlier than the first of the period
with version as (
    select objective
    from policy_versions
    where policy = $policy
        and coalesce(valid_from_at < ($last_on::timestamp + interval 1 day) at time zone reporting_timezone at time zone 'UTC', true)
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
    select coalesce(max(tickets_with_messages_count), 0) > 0 as has_history
    from measured_policies
    where policy = $policy
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
    where m.metric <> 'periodic_update' or p.metric is not null
),
counted as (
    select
        metric,
        counted_on >= $first_on as is_chosen,
        count(*) filter (outcome = 'met') as met_count,
        count(*) filter (outcome = 'breached') as breached_count,
        count(*) filter (outcome = 'running') as running_count,
        count(*) filter (outcome = 'excluded') as excluded_count,
        count(*) filter (reason = 'no_target') as unpromised_count,
    from scoped_clocks(
        $policy, coalesce($before_first_on, $first_on), $last_on, $severity, $plan, $account, $manager, $team, $channel
    )
    where counted_on >= $first_on or counted_on <= $before_last_on
    group by all
),
compared as (
    select
        m.*,
        (select objective from version) as objective,
        coalesce(c.met_count, 0) as met_count,
        coalesce(c.breached_count, 0) as breached_count,
        coalesce(c.met_count + c.breached_count, 0) as decided_count,
        coalesce(c.running_count, 0) as running_count,
        coalesce(c.excluded_count, 0) as excluded_count,
        coalesce(c.unpromised_count, 0) as unpromised_count,
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
    unpromised_count,
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
order by has_target desc, position
