-- Grain: an accepted ticket. Instants in UTC at whole seconds. plan and policy: the ticket's own, else its account's at the creation;
-- policy else default_policy. untold: what the export cannot tell of it: first_reply, or reply alone where it tells of notices, as a log does; null where it
-- tells all.
-- row_no: the place of its row among the readable rows of its file, from 1.
-- default_policy: a policy's id, or null.
create or replace table tickets as
with account_starts as (
    select account, plan, policy, coalesce(valid_from, timestamp '1970-01-01') as valid_from from accounts
    qualify row_number() over (partition by account, coalesce(valid_from, timestamp '1970-01-01') order by valid_from) = 1
),
account_spans as (
    select *, lead(valid_from, 1, timestamp '9999-12-31') over (partition by account order by valid_from) as valid_until
    from account_starts
),
first_severities as (
    select ticket_id, severity from stg_log_changes
    where change_no = 1
)
select
    (row_number() over (order by winners.ticket_id) - 1)::integer as ticket_no,
    winners.ticket_id,
    winners.created_at,
    case when winners.kind = 'log' then first_severities.severity else winners.severity end as severity,
    coalesce(winners.plan, spans.plan) as plan,
    winners.status,
    coalesce(winners.policy, spans.policy, $default_policy::varchar) as policy,
    winners.account,
    winners.agent,
    winners.team,
    winners.channel,
    winners.subject,
    winners.requester,
    winners.opened_by,
    winners.acknowledged_at,
    winners.first_reply_at,
    winners.solved_at,
    winners.closed_at,
    winners.updated_at,
    winners.merged_into,
    case
        when winners.tags is null then []::varchar[]
        else list_filter(
            list_transform(string_split(winners.tags, ';'), lambda tag: trim(tag)), lambda tag: tag <> ''
        )
    end as tags,
    winners.format,
    winners.file_no,
    winners.row_no,
    case
        when winners.kind = 'log' then 'reply'
        when unread.ticket_id is null or contains(winners.untold, 'first_reply') then winners.untold
        else concat_ws(',', winners.untold, 'first_reply')
    end as untold,
from stg_winners as winners
left join account_spans as spans
    on winners.account = spans.account and winners.created_at >= spans.valid_from
    and winners.created_at < spans.valid_until
left join first_severities on winners.ticket_id = first_severities.ticket_id
left join (select distinct ticket_id from stg_told_messages where not is_taken) as unread on winners.ticket_id = unread.ticket_id
order by ticket_no
