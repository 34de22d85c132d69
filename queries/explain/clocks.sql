-- One row a clock of $ticket_no, in the order of metric and cycle: its verdict, its target with the clause and calendar, the end to which it was measured
-- and what stopped it; names are maps of language to text. Instants UTC, durations in open seconds. pauses_on_waiting: its pauses are the policy's waiting
-- statuses, not a list of the target's own. Parameters: $ticket_no.
select
    clk_facts.metric,
    clk_facts.cycle,
    clk_facts.policy,
    policy_versions.valid_from_at,
    clk_facts.severity,
    policy_severities.names as severity_names,
    clk_facts.plan,
    policy_plans.names as plan_names,
    clk_facts.account,
    clk_facts.agent,
    coalesce(agents.name, clk_facts.agent) as agent_name,
    clk_facts.team,
    clk_facts.calendar,
    calendars.timezone,
    clk_facts.target_s,
    targets.within,
    targets.clauses,
    coalesce(targets.pauses_on_waiting, true) as pauses_on_waiting,
    clk_facts.started_at,
    clk_facts.stopped_at,
    clk_facts.stopped_by,
    clk_spans.end_at,
    clk_facts.due_at,
    clk_facts.breached_at,
    clk_facts.carried_s,
    clk_facts.paused_s,
    clk_facts.elapsed_s,
    clk_facts.first_reply_at,
    clk_facts.outcome,
    clk_facts.reason,
    clk_facts.late_s,
    clk_facts.is_open,
    clk_facts.week_start,
    coalesce(policy_versions.reporting_timezone, 'UTC') as reporting_timezone,
from clk_facts
join clk_spans
    on clk_spans.ticket_no = clk_facts.ticket_no and clk_spans.metric = clk_facts.metric and clk_spans.cycle = clk_facts.cycle
left join calendars on calendars.calendar_no = clk_facts.calendar_no
left join targets on targets.target_no = clk_facts.target_no
left join policy_versions on policy_versions.version_no = clk_facts.version_no
left join policy_severities on policy_severities.version_no = clk_facts.version_no and policy_severities.severity = clk_facts.severity
left join policy_plans on policy_plans.version_no = clk_facts.version_no and policy_plans.plan = clk_facts.plan
left join agents on agents.agent = clk_facts.agent
where clk_facts.ticket_no = $ticket_no
order by
    list_position(['first_response', 'next_response', 'periodic_update', 'resolution'], clk_facts.metric),
    clk_facts.cycle;
