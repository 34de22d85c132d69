-- Scores given in a period
-- Grain: one row per scale and score, scores nobody gave among them, the scale with the most answers first; on a scale of more than eleven steps, or where scores are not
--     whole numbers, one row per quarter of the scale
-- Units: counts of tickets; from_score to to_score belong to the row, both ends (of a quarter but the last, the upper end belongs to the next); positive_from is
--     the lowest score of the scale that counts as positive
-- $policy text: the policy's id, '' for tickets that name none
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $severity text, optional: this severity's tickets only
-- $plan text, optional: this plan's tickets only
-- $account text, optional: this account's tickets only
-- $manager text, optional: tickets of the accounts of this manager only
-- $team text, optional: this team's tickets only
-- $channel text, optional: this channel's tickets only
with given as (
    select
        scale_min,
        scale_max,
        score,
        count(*) as answers_count,
    from scoped_ratings($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where reason is null and is_answered
    group by all
),
scales as (
    select
        scale_min,
        scale_max,
        sum(answers_count)::bigint as scale_answers_count,
        scale_max - scale_min <= 10 and bool_and(score = floor(score)) and scale_min = floor(scale_min) and scale_max = floor(scale_max) as is_by_score,
        case when bool_and(score = floor(score)) then ceil(scale_min + 0.75 * (scale_max - scale_min) - 1e-9)
            else scale_min + 0.75 * (scale_max - scale_min)
        end as positive_from,
    from given
    group by scale_min, scale_max
),
steps as (
    select
        *,
        unnest(range(case when is_by_score then (scale_max - scale_min)::bigint + 1 else 4 end)) as step,
        case when is_by_score then 1 else (scale_max - scale_min) / 4 end as width,
    from scales
),
placed as (
    select
        scale_min,
        scale_max,
        case when is_by_score then (score - scale_min)::bigint
            else least(3, floor(4 * (score - scale_min) / (scale_max - scale_min) + 1e-9))::bigint
        end as step,
        sum(answers_count)::bigint as answers_count,
    from given
    join scales using (scale_min, scale_max)
    group by all
)
select
    scale_min,
    scale_max,
    scale_answers_count,
    positive_from,
    is_by_score,
    scale_min + step * width as from_score,
    scale_min + (step + case when is_by_score then 0 else 1 end) * width as to_score,
    coalesce(answers_count, 0) as answers_count,
    share(coalesce(answers_count, 0), scale_answers_count) as part,
    scale_min + step * width >= scale_min + 0.75 * (scale_max - scale_min) - 1e-9 as is_positive,
from steps
left join placed using (scale_min, scale_max, step)
order by scale_answers_count desc, scale_max, scale_min, from_score
