-- Open tickets of an account
-- Grain: one row per ticket that is open at the as-of instant, whatever the period; those that wait for an answer first, the longest wait first
-- Units: age_s and waited_s seconds of the wall clock up to the as-of instant; created_local and due_local (the first of its running clocks to fall due)
--     in the reporting time zone; breached_count counts its clocks that are breached and open; state is on_us (a wait runs), on_customer, on_hold or in_hand
-- $account text: the account
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with opened as (
    from open_tickets
    where account = $account
),
clocks_of_tickets as (
    select
        ticket_no,
        min(due_at) filter (outcome = 'running') as due_at,
        count(*) filter (outcome = 'breached' and is_open) as breached_count,
    from clock_facts
    where account = $account and ticket_no in (select ticket_no from opened)
    group by ticket_no
)
select
    o.ticket_id,
    t.subject,
    o.policy,
    coalesce(in_language(s.names, $language), o.severity) as severity,
    o.state,
    o.waits_for,
    o.waited_s,
    datediff('second', o.created_at, a.as_of) as age_s,
    timezone(coalesce(v.reporting_timezone, 'UTC'), timezone('UTC', o.created_at)) as created_local,
    timezone(coalesce(v.reporting_timezone, 'UTC'), timezone('UTC', c.due_at)) as due_local,
    coalesce(c.breached_count, 0) as breached_count,
from opened o
cross join snapshot a
left join tickets t using (ticket_no)
left join clocks_of_tickets c using (ticket_no)
left join policy_versions v using (version_no)
left join policy_severities s on s.version_no = o.version_no and s.severity = o.severity
order by o.state <> 'on_us', o.waited_s desc nulls last, o.created_at, o.ticket_id
