-- Running clocks, and how much of their target they have used
-- Grain: one row per running clock at the as-of instant, whatever the period, as many as $most, beside the number of all that were found
-- Units: used is elapsed of target, 0 to 1, cut off to hundredths; band as at_risk_by_band has it; left_s seconds from the as-of instant to the due instant;
--     target_s, elapsed_s and open_left_s (until the target is reached) open seconds of `calendar`; due_at UTC, null where the clock stands still,
--     due_local in the reporting time zone; clocks_count counts all that were found
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $metric text, optional: this metric's clocks only
-- $band text, optional: this band's clocks only
-- $search text, optional: only clocks in whose ticket, subject, account, agent or team this text stands, whatever its case and accents
-- $sort text, optional: due (the next to fall due first, which is the default), used (the largest share first) or account
-- $most integer, optional: no more rows than this
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with chosen as (
    select
        ticket_no,
        ticket_id,
        metric,
        cycle,
        version_no,
        severity,
        plan,
        account,
        agent,
        team,
        calendar,
        target_s,
        elapsed_s,
        due_at,
        risk_band(due_at, elapsed_s, target_s) as band,
    from scoped_clocks($policy, null, null, $severity, $plan, $account, $manager, $team, $channel)
    where outcome = 'running'
        and ($metric::varchar is null or metric = $metric)
        and ($band::varchar is null or risk_band(due_at, elapsed_s, target_s) = $band)
),
agent_names as (
    select agent, max(name) as name
    from agents
    where name is not null
    group by agent
),
named as (
    select
        c.*,
        coalesce(a.name, c.account) as account_name,
        coalesce(g.name, c.agent) as agent_name,
    from chosen c
    left join accounts_now a on a.account = c.account
    left join agent_names g on g.agent = c.agent
),
found_subjects as (
    select ticket_no
    from tickets
    where $search::varchar is not null and ticket_no in (select ticket_no from chosen) and has_text(subject, $search)
),
found as (
    from named
    where $search::varchar is null
        or has_text(ticket_id, $search)
        or has_text(account_name, $search)
        or has_text(agent_name, $search)
        or has_text(team, $search)
        or ticket_no in (from found_subjects)
),
counted as (
    select count(*) as clocks_count from found
),
ranked as (
    select
        *,
        row_number() over (
            order by
                case when $sort = 'account' then strip_accents(lower(account_name)) end nulls last,
                case when $sort = 'used' then -elapsed_s / target_s end,
                due_at nulls last,
                elapsed_s / target_s desc,
                ticket_id,
                metric,
                cycle
        ) as place,
    from found
    order by place
    limit $most
)
select
    r.ticket_id,
    t.subject,
    r.metric,
    r.cycle,
    r.band,
    floor(r.elapsed_s * 100 / r.target_s) / 100 as used,
    r.elapsed_s,
    r.target_s,
    r.target_s - r.elapsed_s as open_left_s,
    datediff('second', a.as_of, r.due_at) as left_s,
    r.calendar,
    coalesce(in_language(s.names, $language), r.severity) as severity,
    coalesce(in_language(p.names, $language), r.plan) as plan,
    r.account_name as account,
    r.agent_name as agent,
    r.team,
    r.due_at,
    timezone(coalesce(v.reporting_timezone, 'UTC'), timezone('UTC', r.due_at)) as due_local,
    n.clocks_count,
from ranked r
cross join counted n
cross join snapshot a
left join tickets t using (ticket_no)
left join policy_versions v using (version_no)
left join policy_severities s on s.version_no = r.version_no and s.severity = r.severity
left join policy_plans p on p.version_no = r.version_no and p.plan = r.plan
order by r.place
