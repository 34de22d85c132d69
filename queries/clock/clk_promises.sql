-- One row a version, metric, severity and plan as tickets write them: the target in force, or why there is none, and the calendar that measures.
-- version_no -1 and calendar_no -1: no policy is known, measured around the clock. pause_key: which statuses stand still (null: none);
-- a target's number for its own pause_on, -1 - version_no for the waiting statuses of a version.
create or replace temp table clk_promises as
with written as (
    select distinct
        clk_tickets.policy_key,
        clk_tickets.severity,
        clk_tickets.plan,
    from clk_tickets
    union
    select distinct
        clk_tickets.policy_key,
        clk_grades.severity,
        clk_grades.plan,
    from clk_grades
    join clk_tickets using (ticket_no)
),
versions as (
    select
        version_no,
        policy_key,
        knows_all_severities,
        knows_all_plans,
        default_plan,
        default_calendar_no,
    from clk_policy_versions
),
known as (
    select
        versions.*,
        written.severity as written_severity,
        written.plan as written_plan,
        severity_words.severity as known_severity,
        plan_words.plan as known_plan,
    from written
    join versions using (policy_key)
    left join severity_words
        on severity_words.version_no = versions.version_no and severity_words.severity_key = lower(written.severity)
    left join plan_words
        on plan_words.version_no = versions.version_no and plan_words.plan_key = lower(trim(coalesce(written.plan, versions.default_plan)))
),
aimed as (
    select
        known.version_no,
        metrics.metric,
        known.written_severity,
        known.written_plan,
        coalesce(known.known_severity, known.written_severity) as severity,
        coalesce(known.known_plan, known.written_plan, known.default_plan) as plan,
        targets.target_no,
        targets.target_s,
        coalesce(targets.calendar_no, known.default_calendar_no) as calendar_no,
        case
            when not known.knows_all_severities and known.known_severity is null then 'unknown_severity'
            when not known.knows_all_plans and known.known_plan is null then 'unknown_plan'
            when targets.target_no is null then 'no_target'
        end as reason,
        case
            when exists (from target_pauses where target_pauses.target_no = targets.target_no) then targets.target_no
            when coalesce(targets.pauses_on_waiting, metrics.metric in ('resolution', 'periodic_update')) then -1 - known.version_no
        end as pause_key,
    from known
    cross join (values ('first_response'), ('next_response'), ('periodic_update'), ('resolution')) as metrics (metric)
    left join target_grid
        on target_grid.version_no = known.version_no and target_grid.metric = metrics.metric
        and target_grid.severity = case when known.knows_all_severities then '' else known.known_severity end
        and target_grid.plan = case when known.knows_all_plans then '' else known.known_plan end
    left join targets on targets.target_no = target_grid.target_no
),
unaimed as (
    select distinct
        -1 as version_no,
        metrics.metric,
        written.severity as written_severity,
        written.plan as written_plan,
        written.severity,
        written.plan,
        null::integer as target_no,
        null::bigint as target_s,
        -1 as calendar_no,
        'unknown_policy' as reason,
        null::integer as pause_key,
    from written
    cross join (values ('first_response'), ('next_response'), ('resolution')) as metrics (metric)
)
select
    (row_number() over ())::integer as promise_no,
    *,
from (from aimed union all from unaimed);
