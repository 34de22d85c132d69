-- One row a clock: ticket, metric and cycle, with its verdict (rules 6 to 19) and the week and month that it counts in (rule 9). Instants UTC,
-- durations in open seconds of `calendar`; counted_on, week_start and month_start are dates in the policy's reporting time zone.
-- `due` is materialized because DuckDB 2.0 now and then stops, its database of no more use, where the dictionaries of one join pass through the asof join into
-- another's build side (its message: "dict-surviving join").
create or replace temp view clk_facts as
with due as materialized (
    select
        clk_spans.*,
        clk_verdicts.* exclude (clock_no),
        case
            when clk_verdicts.due_s is null or not clk_spans.is_wait then null
            when clk_verdicts.is_standing and clk_spans.stopped_at is null and not clk_verdicts.is_breached then null
            else greatest(at_due.opens_at + to_seconds(clk_verdicts.due_s - at_due.open_before_s), clk_verdicts.effect_at)
        end as due_at,
    from clk_verdicts
    join clk_spans using (clock_no)
    asof left join (from clk_hours where closes_at > opens_at) as at_due
        on at_due.calendar_no = clk_verdicts.calendar_no and clk_verdicts.due_s > at_due.open_before_s
),
reasoned as (
    select
        due.* exclude (version_no, calendar_no, target_s, metric),
        due.metric,
        clk_promises.severity,
        clk_promises.plan,
        clk_promises.target_no,
        clk_promises.target_s,
        clk_promises.calendar_no,
        due.version_no,
        case
            when due.version_no = -1 then 'unknown_policy'
            when due.ticket_reason is not null then due.ticket_reason
            when due.span_reason in ('times_out_of_order', 'opened_by_agent') then due.span_reason
            when due.is_breached_before then 'already_breached'
            when due.is_breached then null
            when clk_promises.reason is not null then clk_promises.reason
            when due.span_reason is not null then due.span_reason
            when due.metric in ('first_response', 'next_response') and due.stopped_by = 'solve' then 'solved_without_reply'
        end as final_reason,
        coalesce(due.stopped_by_author, clk_owners.agent, clk_tickets.agent) as credited_agent,
        clk_tickets.ticket_id,
        clk_tickets.policy,
        clk_tickets.account,
        clk_tickets.team as ticket_team,
        clk_tickets.channel,
        timezone(
            coalesce(versions.reporting_timezone, 'UTC'), timezone('UTC', coalesce(due.due_at, due.started_at))
        )::date as counted_on,
    from due
    join clk_promises using (promise_no)
    join clk_tickets using (ticket_no)
    left join clk_policy_versions as versions on versions.version_no = due.version_no
    left join clk_owners using (clock_no)
)
select
    reasoned.ticket_no,
    reasoned.ticket_id,
    reasoned.metric,
    reasoned.cycle,
    reasoned.policy,
    reasoned.version_no,
    reasoned.target_no,
    reasoned.plan,
    reasoned.severity,
    reasoned.account,
    reasoned.credited_agent as agent,
    coalesce(agents.team, reasoned.ticket_team) as team,
    reasoned.channel,
    reasoned.calendar_no,
    calendars.calendar,
    reasoned.target_s,
    reasoned.started_at,
    reasoned.stopped_at,
    reasoned.due_at,
    reasoned.carried_s + reasoned.end_elapsed_s as elapsed_s,
    reasoned.carried_s,
    reasoned.paused_s,
    reasoned.first_reply_at,
    case
        when reasoned.final_reason is not null then 'excluded'
        when reasoned.is_breached then 'breached'
        when reasoned.stopped_at is null then 'running'
        else 'met'
    end as outcome,
    reasoned.final_reason as reason,
    reasoned.stopped_at is null
        and not reasoned.is_solved_now
        and reasoned.ticket_reason is null
        and coalesce(reasoned.span_reason, '') not in ('times_out_of_order', 'opened_by_agent', 'stop_unknown') as is_open,
    case when reasoned.final_reason is null and reasoned.is_breached then reasoned.due_at end as breached_at,
    case when reasoned.final_reason is null and reasoned.is_breached
        then reasoned.carried_s + reasoned.end_elapsed_s - reasoned.target_s
    end as late_s,
    reasoned.stopped_by,
    reasoned.counted_on,
    date_trunc('week', reasoned.counted_on)::date as week_start,
    date_trunc('month', reasoned.counted_on)::date as month_start,
from reasoned
left join calendars on calendars.calendar_no = reasoned.calendar_no
left join agents on agents.agent = reasoned.credited_agent;
