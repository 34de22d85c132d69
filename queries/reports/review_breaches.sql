-- Breaches of an account, with what the data say of each
-- Grain: one row per breached clock that fell due in the period, the latest first, as many as $most
-- Units: late_s, target_s, elapsed_s, carried_s and paused_s open seconds; local instants in the reporting time zone, opens_local where the clock started
--     out of the open hours of its calendar; handovers_count counts the times it went from one agent to another between the start and the due instant; first_assigned_local is the
--     ticket's first assignment where that came after the due instant; regraded_from and regraded_to are the last change of severity or plan
--     (regraded_kind) that came while the clock ran and before it was due, regraded_from_target_s what the target had been
-- $policy text: the policy's id, '' for clocks whose tickets name none
-- $account text: the account
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $language text, optional: language of the names, such as 'pt-BR'; else English
-- $most integer, optional: no more rows than this
with breaches as (
    select c.*, coalesce(v.reporting_timezone, 'UTC') as timezone
    from scoped_clocks($policy, $first_on, $last_on, null, null, $account, null, null, null) c
    left join policy_versions v using (version_no)
    where c.outcome = 'breached'
    order by c.late_s desc, c.ticket_id, c.metric, c.cycle
    limit $most
),
happened as (
    select
        e.ticket_no,
        e."at" as happened_at,
        e.kind,
        trim(e.value) as value,
        e.rowid as event_no,
        lag(trim(e.value)) over (partition by e.ticket_no, e.kind order by e."at", e.rowid) as value_before,
    from events e
    where e.ticket_no in (select ticket_no from breaches)
        and e.kind in ('assigned', 'severity', 'plan')
        and e."at" <= (select as_of from snapshot)
),
assigned as (
    select
        b.ticket_no,
        b.metric,
        b.cycle,
        count(*) filter (h.happened_at > b.started_at and h.happened_at <= b.due_at and h.value_before <> h.value) as handovers_count,
        min(h.happened_at) as first_assigned_at,
    from breaches b
    join happened h on h.ticket_no = b.ticket_no and h.kind = 'assigned'
    group by all
),
regraded as (
    select
        b.ticket_no,
        b.metric,
        b.cycle,
        h.kind,
        h.happened_at,
        case h.kind
            when 'severity' then coalesce(sb.severity, h.value_before, t.severity)
            else coalesce(pb.plan, h.value_before, t.plan)
        end as code_before,
        case h.kind when 'severity' then coalesce(sn.severity, h.value) else coalesce(pn.plan, h.value) end as code,
    from breaches b
    join happened h on h.ticket_no = b.ticket_no and h.kind <> 'assigned' and h.happened_at > b.started_at and h.happened_at <= b.due_at
    join tickets t on t.ticket_no = b.ticket_no
    left join severity_words sb
        on h.kind = 'severity' and sb.version_no = b.version_no and sb.severity_key = lower(trim(coalesce(h.value_before, t.severity)))
    left join severity_words sn on h.kind = 'severity' and sn.version_no = b.version_no and sn.severity_key = lower(h.value)
    left join plan_words pb on h.kind = 'plan' and pb.version_no = b.version_no and pb.plan_key = lower(trim(coalesce(h.value_before, t.plan)))
    left join plan_words pn on h.kind = 'plan' and pn.version_no = b.version_no and pn.plan_key = lower(h.value)
    where code_before is distinct from code
    qualify row_number() over (partition by b.ticket_no, b.metric, b.cycle order by h.happened_at desc, h.event_no desc) = 1
)
select
    b.ticket_id,
    t.subject,
    b.metric,
    b.cycle,
    coalesce(in_language(s.names, $language), b.severity) as severity,
    coalesce(in_language(p.names, $language), b.plan) as plan,
    b.target_no,
    b.target_s,
    b.elapsed_s,
    b.late_s,
    b.carried_s,
    b.paused_s,
    b.stopped_by,
    b.is_open,
    timezone(b.timezone, timezone('UTC', b.started_at)) as started_local,
    timezone(b.timezone, timezone('UTC', b.due_at)) as due_local,
    timezone(b.timezone, timezone('UTC', b.stopped_at)) as stopped_local,
    case when b.started_at >= hours.closes_at then timezone(b.timezone, timezone('UTC', opening.opens_at)) end as opens_local,
    coalesce(a.handovers_count, 0) as handovers_count,
    case when a.first_assigned_at > b.due_at then timezone(b.timezone, timezone('UTC', a.first_assigned_at)) end as first_assigned_local,
    r.kind as regraded_kind,
    timezone(b.timezone, timezone('UTC', r.happened_at)) as regraded_local,
    coalesce(in_language(rsb.names, $language), in_language(rpb.names, $language), r.code_before) as regraded_from,
    coalesce(in_language(rs.names, $language), in_language(rp.names, $language), r.code) as regraded_to,
    was.target_s as regraded_from_target_s,
from breaches b
left join tickets t using (ticket_no)
left join policy_severities s on s.version_no = b.version_no and s.severity = b.severity
left join policy_plans p on p.version_no = b.version_no and p.plan = b.plan
asof left join calendar_spans hours on hours.calendar_no = b.calendar_no and b.started_at >= hours.opens_at
asof left join calendar_spans opening on opening.calendar_no = b.calendar_no and b.started_at < opening.opens_at
left join assigned a on a.ticket_no = b.ticket_no and a.metric = b.metric and a.cycle = b.cycle
left join regraded r on r.ticket_no = b.ticket_no and r.metric = b.metric and r.cycle = b.cycle
left join policy_severities rs on r.kind = 'severity' and rs.version_no = b.version_no and rs.severity = r.code
left join policy_severities rsb on r.kind = 'severity' and rsb.version_no = b.version_no and rsb.severity = r.code_before
left join policy_plans rp on r.kind = 'plan' and rp.version_no = b.version_no and rp.plan = r.code
left join policy_plans rpb on r.kind = 'plan' and rpb.version_no = b.version_no and rpb.plan = r.code_before
left join target_grid g
    on r.kind = 'severity' and g.version_no = b.version_no and g.metric = b.metric
    and g.severity = r.code_before and g.plan in ('', b.plan)
left join targets was on was.target_no = g.target_no
order by b.late_s desc, b.ticket_id, b.metric, b.cycle
