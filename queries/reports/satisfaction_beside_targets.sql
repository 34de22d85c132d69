-- Satisfaction of tickets that met their targets beside those that did not
-- Grain: one row per promise: targets (every clock of the ticket), first_response, resolution
-- Units: counts of tickets; met: at least one clock of the promise is met and none breached; breached: at least one is; undecided: neither; shares 0 to 1:
--     positive of answered; intervals are Wilson's at 95 %; difference is met less breached (points of 1), null where either has under 10 answers, and
--     its interval is Newcombe's at 95 %
-- $policy text: the policy's id, '' for tickets that name none
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $severity text, optional: this severity's tickets only
-- $plan text, optional: this plan's tickets only
-- $account text, optional: this account's tickets only
-- $manager text, optional: tickets of the accounts of this manager only
-- $team text, optional: this team's tickets only
-- $channel text, optional: this channel's tickets only
with answers as (
    select
        targets,
        first_response,
        resolution,
        is_positive,
        count(*) as answers_count,
    from scoped_ratings($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where reason is null and is_answered
    group by all
),
stood as (
    select
        promises.promise,
        promises.position,
        case promises.promise when 'targets' then targets when 'first_response' then first_response else resolution end as state,
        is_positive,
        answers_count,
    from (values ('targets', 1), ('first_response', 2), ('resolution', 3)) as promises(promise, position)
    left join answers on true
),
counted as (
    select
        promise,
        position,
        coalesce(sum(answers_count) filter (state = 'met'), 0)::bigint as met_answered_count,
        coalesce(sum(answers_count) filter (state = 'met' and is_positive), 0)::bigint as met_positive_count,
        coalesce(sum(answers_count) filter (state = 'breached'), 0)::bigint as breached_answered_count,
        coalesce(sum(answers_count) filter (state = 'breached' and is_positive), 0)::bigint as breached_positive_count,
        coalesce(sum(answers_count) filter (state is null), 0)::bigint as undecided_answered_count,
    from stood
    group by promise, position
)
select
    promise,
    met_answered_count,
    met_positive_count,
    met_answered_count < 10 as is_met_too_few,
    share(met_positive_count, met_answered_count) as met_share,
    wilson_low(met_positive_count, met_answered_count) as met_low,
    wilson_high(met_positive_count, met_answered_count) as met_high,
    breached_answered_count,
    breached_positive_count,
    breached_answered_count < 10 as is_breached_too_few,
    share(breached_positive_count, breached_answered_count) as breached_share,
    wilson_low(breached_positive_count, breached_answered_count) as breached_low,
    wilson_high(breached_positive_count, breached_answered_count) as breached_high,
    undecided_answered_count,
    case when met_answered_count >= 10 and breached_answered_count >= 10
        then share(met_positive_count, met_answered_count) - share(breached_positive_count, breached_answered_count)
    end as difference,
    case when met_answered_count >= 10 and breached_answered_count >= 10
        then difference_low(met_positive_count, met_answered_count, breached_positive_count, breached_answered_count)
    end as difference_low,
    case when met_answered_count >= 10 and breached_answered_count >= 10
        then -difference_low(breached_positive_count, breached_answered_count, met_positive_count, met_answered_count)
    end as difference_high,
from counted
order by position
