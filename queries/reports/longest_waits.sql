-- Longest waits where nothing is promised
-- Grain: one row per clock without a target that counts in the period, the longest first, as many as $most, beside the number of all that were found
-- Units: elapsed_s open seconds of `calendar`, up to the as-of instant where the wait has not ended; instants in the reporting time zone; clocks_count and
--     open_count count all that were found
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $severity text, optional: this severity's clocks only
-- $plan text, optional: this plan's clocks only
-- $account text, optional: this account's clocks only
-- $manager text, optional: clocks of this manager's accounts only
-- $team text, optional: this team's clocks only
-- $channel text, optional: this channel's clocks only
-- $first_on date, optional: the first day of the period, in the reporting time zone
-- $last_on date, optional: the last day of the period
-- $metric text, optional: this metric's clocks only; else those of first and next responses, which are waits
-- $show text, optional: open for those alone that have not ended
-- $search text, optional: only clocks in whose ticket, subject, account, agent or team this text stands, whatever its case and accents
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
        elapsed_s,
        started_at,
        stopped_at,
        stopped_by,
        is_open,
    from scoped_clocks($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    where reason = 'no_target'
        and (metric = $metric or $metric::varchar is null and metric in ('first_response', 'next_response'))
        and ($show::varchar is null or $show <> 'open' or is_open)
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
    select
        count(*) as clocks_count,
        count(*) filter (is_open) as open_count,
    from found
),
ranked as (
    from found
    order by elapsed_s desc, ticket_id, metric, cycle
    limit $most
)
select
    r.ticket_id,
    t.subject,
    r.metric,
    r.cycle,
    r.elapsed_s,
    r.calendar,
    coalesce(in_language(s.names, $language), r.severity) as severity,
    coalesce(in_language(p.names, $language), r.plan) as plan,
    r.account_name as account,
    r.agent_name as agent,
    r.team,
    r.is_open,
    is_answered(r.metric, r.stopped_by) as is_answered,
    timezone(coalesce(v.reporting_timezone, 'UTC'), timezone('UTC', r.started_at)) as started_local,
    timezone(coalesce(v.reporting_timezone, 'UTC'), timezone('UTC', r.stopped_at)) as stopped_local,
    n.clocks_count,
    n.open_count,
from ranked r
cross join counted n
left join tickets t using (ticket_no)
left join policy_versions v using (version_no)
left join policy_severities s on s.version_no = r.version_no and s.severity = r.severity
left join policy_plans p on p.version_no = r.version_no and p.plan = r.plan
order by r.elapsed_s desc, r.ticket_id, r.metric, r.cycle
