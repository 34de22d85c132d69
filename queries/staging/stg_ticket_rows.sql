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
        case
            when coalesce(first_reply_minutes, first_reply_hours, first_reply_seconds, solved_minutes, solved_hours, solved_seconds)
                is not null
                then [
                    as_text(first_reply_minutes), as_text(first_reply_hours), as_text(first_reply_seconds),
                    as_text(solved_minutes), as_text(solved_hours), as_text(solved_seconds)
                ]
        end as duration_texts,
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
-- What few rows need is read from a list: its long expression is then planned once, not once a column, and skipped where no row needs it.
timed as (
    select
        *,
        list_transform(
            duration_texts, lambda written, place: as_duration_s(written, ['min', 'h', 's'][(place - 1) % 3 + 1])
        ) as durations_s,
        as_usual_instant(created_text, timezone) as usual_created_at,
        as_usual_instant(acknowledged_text, timezone) as usual_acknowledged_at,
        as_usual_instant(first_reply_text, timezone) as usual_first_reply_at,
        as_usual_instant(solved_text, timezone) as usual_solved_at,
        as_usual_instant(closed_text, timezone) as usual_closed_at,
        as_usual_instant(updated_text, timezone) as usual_updated_at,
        as_usual_instant(at_text, timezone) as usual_at,
    from translated
),
read as (
    select
        *,
        coalesce(duration_texts[1], duration_texts[2], duration_texts[3]) as reply_after_text,
        coalesce(durations_s[1], durations_s[2], durations_s[3]) as reply_after_s,
        coalesce(duration_texts[4], duration_texts[5], duration_texts[6]) as solved_after_text,
        coalesce(durations_s[4], durations_s[5], durations_s[6]) as solved_after_s,
        case
            when (created_text is not null and usual_created_at is null)
                or (acknowledged_text is not null and usual_acknowledged_at is null)
                or (first_reply_text is not null and usual_first_reply_at is null)
                or (solved_text is not null and usual_solved_at is null)
                or (closed_text is not null and usual_closed_at is null)
                or (updated_text is not null and usual_updated_at is null)
                or (at_text is not null and usual_at is null)
                then list_transform(
                    [created_text, acknowledged_text, first_reply_text, solved_text, closed_text, updated_text, at_text],
                    lambda written: as_instant(written, dates, timezone)
                )
        end as instants,
    from timed
),
typed as (
    select
        *,
        coalesce(usual_created_at, instants[1]) as created_at,
        coalesce(usual_acknowledged_at, instants[2]) as acknowledged_at,
        coalesce(
            usual_first_reply_at, instants[3], case when first_reply_text is null then created_at + to_seconds(reply_after_s) end
        ) as first_reply_at,
        coalesce(
            usual_solved_at, instants[4], case when solved_text is null then created_at + to_seconds(solved_after_s) end
        ) as solved_at,
        coalesce(usual_closed_at, instants[5]) as closed_at,
        coalesce(usual_updated_at, instants[6]) as updated_at,
        coalesce(usual_at, instants[7]) as "at",
        as_whole_number(seq_text) as seq,
    from read
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
