-- One row a stretch of a clock of $ticket_no under one target, of clocks that had several, in order: severity and plan, and the target and calendar in
-- force from from_at to until_at (target_s null: none); names are maps of language to text. Instants UTC. Parameters: $ticket_no.
select
    clk_spans.metric,
    clk_spans.cycle,
    clk_segments.from_at,
    clk_segments.until_at,
    clk_promises.severity,
    policy_severities.names as severity_names,
    clk_promises.plan,
    policy_plans.names as plan_names,
    targets.within,
    clk_promises.target_s,
    calendars.calendar,
from clk_segments
join clk_spans using (clock_no)
join clk_promises using (promise_no)
left join targets on targets.target_no = clk_promises.target_no
left join calendars on calendars.calendar_no = clk_promises.calendar_no
left join policy_severities
    on policy_severities.version_no = clk_promises.version_no and policy_severities.severity = clk_promises.severity
left join policy_plans on policy_plans.version_no = clk_promises.version_no and policy_plans.plan = clk_promises.plan
where clk_spans.ticket_no = $ticket_no and not clk_segments.is_whole
order by clk_spans.metric, clk_spans.cycle, clk_segments.from_at;
