-- Grain: a row of a tickets file or of a log. A first reply and a solve that stand there as a time since the creation become instants. Instants in UTC at whole seconds; problem: why the row is not accepted, or null.
-- latest_at: the last instant that can be true, or null.
create or replace temp table stg_ticket_rows as
with written as (
    select rowid as place, *, null::varchar as "at", null::varchar as author, null::varchar as seq from raw_tickets
    union all by name
    select rowid as place, * from raw_log
),
texts as (
    select
        files.file_no,
        written.place - files.first_place + 1 as row_no,
        files.format,
        files.kind,
        files.timezone,
        files.dates,
        files.constants,
        case when ways.is_id_plain then as_text(ticket_id) else as_ticket_id(as_text(ticket_id), ways.id_pattern, ways.is_id_stripped) end
            as ticket_id,
        as_text(created_at) as created_text,
        coalesce(as_text(severity), files.constants['severity']) as severity,
        coalesce(as_text(plan), files.constants['plan']) as plan,
        as_text(status) as status,
        coalesce(as_text(policy), files.constants['policy']) as policy,
        as_text(account) as account,
        as_text(agent) as agent,
        as_text(team) as team,
        coalesce(as_text(channel), files.constants['channel']) as channel,
        as_text(subject) as subject,
        as_text(requester) as requester,
        coalesce(as_text(opened_by), files.constants['opened_by'], 'customer') as opened_by,
        as_text(acknowledged_at) as acknowledged_text,
        as_text(first_reply_at) as first_reply_text,
        as_text(solved_at) as solved_text,
        as_text(closed_at) as closed_text,
        as_text(updated_at) as updated_text,
        as_text(merged_into) as merged_into,
        case when ways.tags_between is null then as_text(tags) else replace(as_text(tags), ways.tags_between, ';') end as tags,
        as_text("at") as at_text,
        as_text(author) as author,
        as_text(seq) as seq_text,
        coalesce(as_text(first_reply_minutes), as_text(first_reply_hours), as_text(first_reply_seconds)) as reply_after_text,
        coalesce(
            as_duration_s(as_text(first_reply_minutes), 'min'),
            as_duration_s(as_text(first_reply_hours), 'h'),
            as_duration_s(as_text(first_reply_seconds), 's')
        ) as reply_after_s,
        coalesce(as_text(solved_minutes), as_text(solved_hours), as_text(solved_seconds)) as solved_after_text,
        coalesce(
            as_duration_s(as_text(solved_minutes), 'min'),
            as_duration_s(as_text(solved_hours), 'h'),
            as_duration_s(as_text(solved_seconds), 's')
        ) as solved_after_s,
        ways.untold,
    from written
    inner join intake_files as files using (file_no)
    inner join stg_ways as ways using (file_no)
),
translated as (
    select
        texts.* replace (
            coalesce(severities.word, texts.severity) as severity,
            coalesce(plans.word, texts.plan) as plan,
            coalesce(policies.word, texts.policy) as policy,
            coalesce(openers.word, lower(texts.opened_by)) as opened_by
        ),
        texts.opened_by as opened_text,
    from texts
    left join stg_words as severities
        on severities.column_name = 'severity' and texts.format = severities.format
        and lower(texts.severity) = severities.word_key
    left join stg_words as plans
        on plans.column_name = 'plan' and texts.format = plans.format and lower(texts.plan) = plans.word_key
    left join stg_words as policies
        on policies.column_name = 'policy' and texts.format = policies.format
        and lower(texts.policy) = policies.word_key
    left join stg_words as openers
        on openers.column_name = 'opened_by' and texts.format = openers.format
        and lower(texts.opened_by) = openers.word_key
),
typed as (
    select
        *,
        as_instant(created_text, dates, timezone) as created_at,
        as_instant(acknowledged_text, dates, timezone) as acknowledged_at,
        coalesce(
            as_instant(first_reply_text, dates, timezone),
            case when first_reply_text is null then as_instant(created_text, dates, timezone) + to_seconds(reply_after_s) end
        ) as first_reply_at,
        coalesce(
            as_instant(solved_text, dates, timezone),
            case when solved_text is null then as_instant(created_text, dates, timezone) + to_seconds(solved_after_s) end
        ) as solved_at,
        as_instant(closed_text, dates, timezone) as closed_at,
        as_instant(updated_text, dates, timezone) as updated_at,
        as_instant(at_text, dates, timezone) as "at",
        as_whole_number(seq_text) as seq,
    from translated
)
select
    file_no,
    row_no,
    format,
    kind,
    ticket_id,
    created_at,
    severity,
    plan,
    status,
    policy,
    account,
    agent,
    team,
    channel,
    subject,
    requester,
    opened_by,
    acknowledged_at,
    first_reply_at,
    solved_at,
    closed_at,
    updated_at,
    merged_into,
    tags,
    "at",
    author,
    seq,
    untold,
    coalesce(
        case when ticket_id is null then 'ticket_id is missing: expected a text' end,
        case when created_text is null then 'created_at is missing: expected an instant' end,
        case when kind = 'log' and at_text is null then 'the time of the change is missing: expected an instant' end,
        instant_problem('created_at', created_text, created_at, dates, $latest_at::timestamp),
        instant_problem('acknowledged_at', acknowledged_text, acknowledged_at, dates, $latest_at::timestamp),
        instant_problem('first_reply_at', first_reply_text, first_reply_at, dates, $latest_at::timestamp),
        instant_problem('solved_at', solved_text, solved_at, dates, $latest_at::timestamp),
        instant_problem('closed_at', closed_text, closed_at, dates, $latest_at::timestamp),
        instant_problem('updated_at', updated_text, updated_at, dates, $latest_at::timestamp),
        instant_problem('the time of the change', at_text, "at", dates, $latest_at::timestamp),
        case
            when opened_by not in ('customer', 'agent', 'system')
                then 'opened_by is "' || left(opened_text, 80) || '": expected customer, agent or system'
        end,
        case when seq_text is not null and seq is null then whole_number_problem('seq', seq_text) end,
        duration_problem('the time to the first reply', reply_after_text, reply_after_s, first_reply_at, $latest_at::timestamp),
        duration_problem('the time to the solve', solved_after_text, solved_after_s, solved_at, $latest_at::timestamp)
    ) as problem,
from typed
