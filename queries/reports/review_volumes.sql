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
    select version_no
    from policy_versions
    where policy = $policy
        and coalesce(valid_from_at < ($last_on::timestamp + interval 1 day) at time zone reporting_timezone at time zone 'UTC', true)
    order by valid_from_at desc nulls last
    limit 1
),
happened as (
    select
        ticket_no,
        coalesce(severity, '') as severity,
        coalesce(channel, '') as channel,
        kind,
        done_on,
    from scoped_work($policy, $before_first_on, $last_on, null, null, $account, null, null, null)
    where kind in ('arrival', 'left_out', 'solve') and (done_on >= $first_on or done_on <= $before_last_on)
),
counted as (
    select
        case when grouping(severity) = 0 then 'severity' when grouping(channel) = 0 then 'channel' else 'all' end as dimension,
        coalesce(severity, channel) as value,
        count(*) filter (kind = 'arrival' and done_on >= $first_on) as opened_count,
        count(*) filter (kind = 'arrival' and done_on <= $before_last_on) as before_opened_count,
        count(distinct ticket_no) filter (kind = 'solve' and done_on >= $first_on) as solved_count,
        count(distinct ticket_no) filter (kind = 'solve' and done_on <= $before_last_on) as before_solved_count,
        count(*) filter (kind = 'left_out' and done_on >= $first_on) as left_out_count,
        count(*) filter (kind = 'left_out' and done_on <= $before_last_on) as before_left_out_count,
    from happened
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
