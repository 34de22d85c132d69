-- What one ticket is
-- Grain: one row, none where no ticket has that id
-- Units: instants UTC; valid_from_on a date in the reporting time zone; row_no counts the rows of the file from 1, its header left out
-- $ticket text: the ticket's id, as the export writes it
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with asked as (
    select
        tickets.*,
        lower(trim(policy)) as policy_key,
    from tickets
    where ticket_id = $ticket
),
versions as (
    select
        asked.ticket_no,
        policy_versions.*,
    from asked
    join policy_versions
        on lower(trim(policy_versions.policy)) = asked.policy_key
        and asked.created_at >= coalesce(policy_versions.valid_from_at, timestamp '0001-01-01')
        and asked.created_at < coalesce(policy_versions.valid_until_at, timestamp '9999-12-31')
),
regradings as (
    select
        arg_max(trim(events.value), events.rowid) filter (events.kind = 'severity') as severity,
        arg_max(trim(events.value), events.rowid) filter (events.kind = 'plan') as plan,
    from events
    cross join snapshot
    where events.ticket_no in (select ticket_no from asked) and events.at <= snapshot.as_of and events.kind in ('severity', 'plan')
),
grades as (
    select
        trim(asked.severity) as severity_then,
        coalesce(regradings.severity, trim(asked.severity)) as severity_now,
        coalesce(trim(asked.plan), versions.default_plan) as plan_then,
        coalesce(regradings.plan, trim(asked.plan), versions.default_plan) as plan_now,
    from asked
    left join versions using (ticket_no)
    cross join regradings
),
severity_names as (
    select
        severity_words.severity_key,
        coalesce(in_language(policy_severities.names, $language), severity_words.severity) as name,
    from severity_words
    join versions using (version_no)
    left join policy_severities using (version_no, severity)
),
plan_names as (
    select
        plan_words.plan_key,
        coalesce(in_language(policy_plans.names, $language), plan_words.plan) as name,
    from plan_words
    join versions using (version_no)
    left join policy_plans using (version_no, plan)
)
select
    asked.ticket_id,
    asked.subject,
    asked.created_at,
    asked.opened_by,
    asked.status,
    asked.policy,
    coalesce(in_language(versions.names, $language), asked.policy) as policy_name,
    timezone(versions.reporting_timezone, timezone('UTC', versions.valid_from_at))::date as valid_from_on,
    coalesce(versions.reporting_timezone, 'UTC') as timezone,
    asked.account,
    coalesce(accounts_now.name, asked.account) as account_name,
    coalesce(severity_then.name, grades.severity_then) as severity_then,
    coalesce(severity_now.name, grades.severity_now) as severity_now,
    coalesce(plan_then.name, grades.plan_then) as plan_then,
    coalesce(plan_now.name, grades.plan_now) as plan_now,
    asked.channel,
    asked.team,
    coalesce(agents.name, asked.agent) as agent,
    asked.merged_into,
    source_files.file,
    asked.row_no,
    snapshot.as_of,
from asked
cross join snapshot
cross join grades
left join versions using (ticket_no)
left join accounts_now on accounts_now.account = asked.account
left join agents on agents.agent = asked.agent
left join source_files using (file_no)
left join severity_names as severity_then on severity_then.severity_key = lower(grades.severity_then)
left join severity_names as severity_now on severity_now.severity_key = lower(grades.severity_now)
left join plan_names as plan_then on plan_then.plan_key = lower(grades.plan_then)
left join plan_names as plan_now on plan_now.plan_key = lower(grades.plan_now)
