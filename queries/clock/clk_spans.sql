-- One row a clock: ticket, metric and cycle, from its start to its end, numbered for this build alone by clock_no. Instants UTC.
-- end_at: the stop, else the last sign that the ticket was unsolved (D5), else the as-of instant. span_reason: times_out_of_order, opened_by_agent, stop_unknown or null.
-- is_wait: false for a first response that no customer waits for.
-- version_no: the policy version in force at the start (rule 11), -1 where there is none.
-- Parameters: $as_of.
create or replace temp table clk_spans as
with measured as (
    select
        ticket_no,
        'first_response' as metric,
        1 as cycle,
        started_at,
        stopped_at,
        stopped_by,
        stopped_by_author,
        first_reply_at,
        is_wait,
        reason,
        stops_on_notice,
    from clk_first_responses
    union all
    select
        ticket_no,
        'next_response' as metric,
        wait_no - 1 as cycle,
        started_at,
        stopped_at,
        stopped_by,
        stopped_by_author,
        null as first_reply_at,
        true as is_wait,
        null as reason,
        false as stops_on_notice,
    from clk_waits
    where wait_no > 1
    union all
    select
        ticket_no,
        'periodic_update' as metric,
        cycle,
        started_at,
        stopped_at,
        stopped_by,
        stopped_by_author,
        null as first_reply_at,
        true as is_wait,
        null as reason,
        false as stops_on_notice,
    from clk_periodic_updates
    union all
    select
        ticket_no,
        'resolution' as metric,
        cycle,
        started_at,
        stopped_at,
        case when stopped_at is not null then 'solve' end as stopped_by,
        stopped_by_author,
        null as first_reply_at,
        true as is_wait,
        null as reason,
        false as stops_on_notice,
    from clk_resolutions
),
told as (
    -- Of a first response that the export cannot tell (D31) a solve says nothing: the reply may have been any time before it.
    select
        measured.* replace (
            case when is_untold then null else stopped_at end as stopped_at,
            case when is_untold then null else stopped_by end as stopped_by,
            case when is_untold then null else stopped_by_author end as stopped_by_author
        ),
    from (
        select
            all_measured.* exclude (stops_on_notice),
            metric = 'first_response' and case when stops_on_notice then is_notice_untold else is_reply_untold end
                and reason is null and coalesce(stopped_by, 'solve') = 'solve' as is_untold,
        from measured as all_measured
        join (select ticket_no, is_reply_untold, is_notice_untold from clk_tickets) using (ticket_no)
    ) as measured
)
select
    (row_number() over ())::integer as clock_no,
    measured.ticket_no,
    measured.metric,
    measured.cycle::integer as cycle,
    coalesce(versions.version_no, -1) as version_no,
    measured.started_at,
    coalesce(measured.stopped_at, clk_exclusions.misplaced_solve_at) as stopped_at,
    measured.stopped_by,
    measured.stopped_by_author,
    measured.first_reply_at,
    measured.is_wait,
    case
        when measured.reason = 'times_out_of_order' then measured.reason
        when measured.stopped_at is not null then null
        when clk_exclusions.misplaced_solve_at is not null then 'times_out_of_order'
        when measured.reason = 'opened_by_agent' then measured.reason
        when measured.is_untold or clk_exclusions.is_stop_unknown then 'stop_unknown'
    end as span_reason,
    case
        when measured.reason is not null or measured.is_untold then measured.started_at
        when measured.stopped_at is not null then measured.stopped_at
        when clk_exclusions.misplaced_solve_at is not null then measured.started_at
        when clk_exclusions.is_stop_unknown then greatest(measured.started_at, coalesce(clk_exclusions.unsolved_at, measured.started_at))
        else $as_of
    end as end_at,
    clk_exclusions.reason as ticket_reason,
    clk_exclusions.is_solved_now,
from told as measured
join clk_exclusions using (ticket_no)
join clk_tickets using (ticket_no)
left join clk_policy_versions as versions
    on versions.policy_key = clk_tickets.policy_key
    and measured.started_at >= versions.valid_from_at and measured.started_at < versions.valid_until_at;
