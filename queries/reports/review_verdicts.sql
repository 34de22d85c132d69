-- Clocks of an account that a review's figures can rest on
-- Grain: one row per clock that counts, began or ended between the two days, in the order of tickets, metrics and cycles
-- Units: target_s, elapsed_s and late_s open seconds; counted_on, opened_on and ended_on local dates of the reporting time zone; instants UTC; clause_no
--     counts the targets of a version and metric from 1, valid_from_on is the first day of that version, null: since ever
-- $account text: the account
-- $first_on date: the first day, in the reporting time zone
-- $last_on date: the last day, in the reporting time zone
with numbered as (
    select
        target_no,
        row_number() over (partition by version_no, metric order by target_no) as clause_no,
    from targets
),
versions as (
    select
        version_no,
        reporting_timezone as timezone,
        timezone(reporting_timezone, timezone('UTC', valid_from_at))::date as valid_from_on,
    from policy_versions
),
clocks_of_account as (
    select
        c.*,
        timezone(coalesce(v.timezone, 'UTC'), timezone('UTC', c.started_at))::date as opened_on,
        timezone(coalesce(v.timezone, 'UTC'), timezone('UTC', c.stopped_at))::date as ended_on,
        v.valid_from_on,
    from clock_facts c
    left join versions v using (version_no)
    where c.account = $account
)
select
    coalesce(c.policy, '') as policy,
    c.ticket_id,
    c.metric,
    c.cycle,
    c.outcome,
    c.reason,
    c.is_open,
    c.stopped_by,
    coalesce(c.severity, '') as severity,
    coalesce(c.channel, '') as channel,
    c.target_s,
    c.elapsed_s,
    c.late_s,
    n.clause_no,
    c.valid_from_on,
    c.counted_on,
    c.opened_on,
    c.ended_on,
    c.started_at,
    c.stopped_at,
from clocks_of_account c
left join numbered n using (target_no)
where least(c.opened_on, c.counted_on) <= $last_on and greatest(c.counted_on, coalesce(c.ended_on, c.counted_on)) >= $first_on
order by c.ticket_id, list_position(['first_response', 'next_response', 'periodic_update', 'resolution'], c.metric), c.cycle
