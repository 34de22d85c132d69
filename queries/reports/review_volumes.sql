-- Tickets of an account: opened, solved and left out
-- Grain: one row for all (dimension 'all'), then one per severity and per channel that a ticket opened or solved in either period has; severities in the
--     policy's order, channels by name; value '' for tickets without one
-- Units: counts of tickets; opened is by the local day of the creation, without those that are merged, duplicates or spam, which left_out_count counts;
--     solved is by the local day of a solve, a ticket once in a period; before is the period before
-- $policy text: the policy's id, '' for tickets that name none
-- $account text: the account
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $before_first_on date: first day of the period before
-- $before_last_on date: last day of the period before
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with version as (
    select
        version_no,
        reporting_timezone,
    from policy_versions
    where policy = $policy
        and coalesce(valid_from_at < ($last_on::timestamp + interval 1 day) at time zone reporting_timezone at time zone 'UTC', true)
    order by valid_from_at desc nulls last
    limit 1
),
zone as (
    select coalesce((select reporting_timezone from version), 'UTC') as timezone
),
resolutions as (
    select
        c.ticket_no,
        c.cycle,
        coalesce(c.severity, '') as severity,
        coalesce(c.channel, '') as channel,
        coalesce(c.reason, '') in ('merged', 'excluded_status', 'duplicate') as is_left_out,
        timezone(z.timezone, timezone('UTC', c.started_at))::date as opened_on,
        case when c.stopped_by = 'solve' then timezone(z.timezone, timezone('UTC', c.stopped_at))::date end as solved_on,
    from scoped_clocks($policy, null, null, null, null, $account, null, null, null) c
    cross join zone z
    -- No zone is a day from UTC: what is further from both periods need not be asked for its local day, which is dear.
    where c.metric = 'resolution'
        and least(c.started_at, coalesce(c.stopped_at, c.started_at)) < $last_on::timestamp + interval 2 days
        and greatest(c.started_at, coalesce(c.stopped_at, c.started_at)) >= $before_first_on::timestamp - interval 1 day
),
happened as (
    select
        ticket_no,
        severity,
        channel,
        case when is_left_out then 'left_out' else 'opened' end as kind,
        opened_on as happened_on,
    from resolutions
    where cycle = 1
    union all
    select
        ticket_no,
        severity,
        channel,
        'solved' as kind,
        solved_on as happened_on,
    from resolutions
    where solved_on is not null and not is_left_out
),
counted as (
    select
        case when grouping(severity) = 0 then 'severity' when grouping(channel) = 0 then 'channel' else 'all' end as dimension,
        coalesce(severity, channel) as value,
        count(*) filter (kind = 'opened' and happened_on >= $first_on) as opened_count,
        count(*) filter (kind = 'opened' and happened_on <= $before_last_on) as before_opened_count,
        count(distinct ticket_no) filter (kind = 'solved' and happened_on >= $first_on) as solved_count,
        count(distinct ticket_no) filter (kind = 'solved' and happened_on <= $before_last_on) as before_solved_count,
        count(*) filter (kind = 'left_out' and happened_on >= $first_on) as left_out_count,
        count(*) filter (kind = 'left_out' and happened_on <= $before_last_on) as before_left_out_count,
    from happened
    where happened_on between $before_first_on and $last_on and (happened_on >= $first_on or happened_on <= $before_last_on)
    group by grouping sets ((), (severity), (channel))
    having count(*) > 0
)
select
    c.dimension,
    c.value,
    coalesce(in_language(s.names, $language), nullif(c.value, '')) as name,
    c.opened_count,
    c.before_opened_count,
    c.solved_count,
    c.before_solved_count,
    c.left_out_count,
    c.before_left_out_count,
from counted c
left join policy_severities s
    on c.dimension = 'severity' and s.severity = c.value and s.version_no = (select version_no from version)
order by list_position(['all', 'severity', 'channel'], c.dimension), s.position nulls last, c.value
