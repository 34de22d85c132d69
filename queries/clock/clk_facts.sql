-- One row a clock: ticket, metric and cycle, with its verdict (rules 6 to 19) and the week and month that it counts in (rule 9). Instants UTC,
-- durations in open seconds of `calendar`; week_start and month_start are dates in the policy's reporting time zone.
create or replace temp table clk_facts as
with due as (
    select
        clk_verdicts.*,
        clk_spans.stopped_at,
        clk_spans.stopped_by,
        clk_spans.stopped_by_author,
        clk_spans.first_reply_at,
        clk_spans.span_reason,
        clk_spans.ticket_reason,
        clk_spans.is_solved_now,
        case
            when clk_verdicts.due_s is null or not clk_spans.is_wait then null
            when clk_verdicts.is_standing and clk_spans.stopped_at is null and not clk_verdicts.is_breached then null
            else greatest(at_due.opens_at + to_seconds(clk_verdicts.due_s - at_due.open_before_s), clk_verdicts.effect_at)
        end as due_at,
    from clk_verdicts
    join clk_spans
        on clk_spans.ticket_no = clk_verdicts.ticket_no and clk_spans.metric = clk_verdicts.metric and clk_spans.cycle = clk_verdicts.cycle
    asof left join (from clk_hours where closes_at > opens_at) as at_due
        on at_due.calendar_no = clk_verdicts.calendar_no and clk_verdicts.due_s > at_due.open_before_s
),
reasoned as (
    select
        *,
        case
            when version_no = -1 then 'unknown_policy'
            when ticket_reason is not null then ticket_reason
            when span_reason in ('times_out_of_order', 'opened_by_agent') then span_reason
            when is_breached_before then 'already_breached'
            when is_breached then null
            when reason is not null then reason
            when span_reason is not null then span_reason
            when metric in ('first_response', 'next_response') and stopped_by = 'solve' then 'solved_without_reply'
        end as final_reason,
    from due
)
select
    reasoned.ticket_no,
    clk_tickets.ticket_id,
    reasoned.metric,
    reasoned.cycle,
    clk_tickets.policy,
    reasoned.version_no,
    reasoned.target_no,
    reasoned.plan,
    reasoned.severity,
    clk_tickets.account,
    coalesce(reasoned.stopped_by_author, clk_owners.agent, clk_tickets.agent) as agent,
    coalesce(agents.team, clk_tickets.team) as team,
    clk_tickets.channel,
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
        and coalesce(reasoned.span_reason, '') not in ('times_out_of_order', 'opened_by_agent') as is_open,
    case when reasoned.final_reason is null and reasoned.is_breached then reasoned.due_at end as breached_at,
    case when reasoned.final_reason is null and reasoned.is_breached
        then reasoned.carried_s + reasoned.end_elapsed_s - reasoned.target_s
    end as late_s,
    reasoned.stopped_by,
    date_trunc('week', timezone(
        coalesce(versions.reporting_timezone, 'UTC'), timezone('UTC', coalesce(reasoned.due_at, reasoned.started_at))
    ))::date as week_start,
    date_trunc('month', timezone(
        coalesce(versions.reporting_timezone, 'UTC'), timezone('UTC', coalesce(reasoned.due_at, reasoned.started_at))
    ))::date as month_start,
from reasoned
join clk_tickets using (ticket_no)
left join calendars on calendars.calendar_no = reasoned.calendar_no
left join clk_policy_versions as versions on versions.version_no = reasoned.version_no
left join clk_owners
    on clk_owners.ticket_no = reasoned.ticket_no and clk_owners.metric = reasoned.metric and clk_owners.cycle = reasoned.cycle
left join agents on agents.agent = coalesce(reasoned.stopped_by_author, clk_owners.agent, clk_tickets.agent);
