-- How evenly the work is spread
-- Grain: one row per measure (replies and solves of the period, open: tickets open now) and agent who has some, unnamed, the largest part first;
--     work of nobody known is left out
-- Units: counts; part 0 to 1 of total_count; is_in_half: the fewest agents who together have at least half, half_agents_count of them;
--     even_agents_count would be so many if all had as much
-- $policy text: the policy's id, '' for tickets that name none
-- $severity text, optional: tickets of this severity only
-- $plan text, optional: tickets of this plan only
-- $account text, optional: tickets of this account only
-- $manager text, optional: tickets of this manager's accounts only
-- $team text, optional: work and tickets of this team only
-- $channel text, optional: tickets of this channel only
-- $first_on date: the first day of the period, in the reporting time zone
-- $last_on date: the last day of the period
with counted as (
    select
        case kind when 'reply' then 'replies' else 'solves' end as measure,
        agent,
        count(*) as agent_count,
    from scoped_work($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where kind in ('reply', 'solve') and agent is not null
    group by all
    union all
    select
        'open' as measure,
        agent,
        count(*) as agent_count,
    from scoped_open_tickets($policy, $severity, $plan, $account, $manager, $team, $channel)
    where agent is not null
    group by agent
),
placed as (
    select
        measure,
        agent_count,
        row_number() over largest as place,
        sum(agent_count) over (largest rows between unbounded preceding and current row)::bigint as up_to_count,
        sum(agent_count) over (partition by measure)::bigint as total_count,
        count(*) over (partition by measure) as agents_count,
    from counted
    window largest as (partition by measure order by agent_count desc, agent)
)
select
    measure,
    place,
    agent_count,
    total_count,
    agents_count,
    (agents_count + 1) // 2 as even_agents_count,
    share(agent_count, total_count) as part,
    (up_to_count - agent_count) * 2 < total_count as is_in_half,
    (count_if((up_to_count - agent_count) * 2 < total_count) over (partition by measure))::bigint as half_agents_count,
from placed
order by list_position(['replies', 'solves', 'open'], measure), place
