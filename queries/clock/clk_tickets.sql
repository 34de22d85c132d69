-- One row a ticket of this shard that was created by the as-of instant; instants UTC.
-- words_version_no: the version whose status and tag words hold for the ticket (D1), null where no policy is known.
-- status_class: what the status column says, null where it is empty or tells of a moment after the as-of instant (D19). is_merged: by merged_into, a merge event or a tag.
-- is_reply_untold: the export cannot tell of first replies; is_notice_untold: nor of notices (D31).
-- Parameters: $as_of.
create or replace temp table clk_tickets as
with later_statuses as (
    select distinct ticket_no
    from events
    where kind = 'status' and events.at > $as_of
),
shard as (
    select
        tickets.*,
        lower(trim(policy)) as policy_key,
        case when coalesce(solved_at <= $as_of, true) and coalesce(closed_at <= $as_of, true) and later_statuses.ticket_no is null
            then lower(trim(status))
        end as status_key,
    from tickets
    left join later_statuses using (ticket_no)
    where ticket_no in (from shard_tickets)
        and created_at <= $as_of
),
versioned as (
    select
        shard.*,
        coalesce(known.policy, shard.policy) as policy_name,
        coalesce(in_force.version_no, known.version_no) as words_version_no,
    from shard
    left join clk_policy_versions as known
        on known.policy_key = shard.policy_key and known.is_first
    left join clk_policy_versions as in_force
        on in_force.policy_key = shard.policy_key
        and shard.created_at >= in_force.valid_from_at and shard.created_at < in_force.valid_until_at
),
tag_classes as (
    select
        tagged.ticket_no,
        bool_or(tag_words.tag_class = 'merged') as is_merged,
        bool_or(tag_words.tag_class = 'duplicate') as is_duplicate,
    from (select ticket_no, words_version_no, unnest(tags) as tag from versioned where len(tags) > 0) as tagged
    join tag_words on tag_words.version_no = tagged.words_version_no and tag_words.tag_key = lower(trim(tagged.tag))
    group by tagged.ticket_no
),
merge_events as (
    select distinct ticket_no
    from events
    where kind = 'merged' and events.at <= $as_of and ticket_no in (from shard_tickets)
)
select
    versioned.ticket_no,
    versioned.ticket_id,
    versioned.created_at,
    versioned.policy_name as policy,
    versioned.policy_key,
    versioned.words_version_no,
    versioned.opened_by = 'agent' as is_opened_by_agent,
    trim(versioned.severity) as severity,
    trim(versioned.plan) as plan,
    versioned.account,
    versioned.agent,
    versioned.team,
    versioned.channel,
    versioned.format,
    versioned.acknowledged_at,
    versioned.first_reply_at,
    coalesce(versioned.solved_at, versioned.closed_at) as solved_at,
    coalesce(tag_classes.is_merged, false) or versioned.merged_into is not null or merge_events.ticket_no is not null as is_merged,
    coalesce(tag_classes.is_duplicate, false) as is_tagged_duplicate,
    versioned.untold is not null as is_reply_untold,
    coalesce(contains(versioned.untold, 'first_reply'), false) as is_notice_untold,
    versioned.status_key,
    case when versioned.status_key is not null
        then coalesce(status_words.status_class, format_statuses.status_class, 'open')
    end as status_class,
from versioned
left join tag_classes using (ticket_no)
left join merge_events using (ticket_no)
left join status_words
    on status_words.version_no = versioned.words_version_no and status_words.status_key = versioned.status_key
left join format_statuses
    on format_statuses.format = versioned.format and format_statuses.status_key = versioned.status_key;
