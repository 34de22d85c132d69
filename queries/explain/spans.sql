-- One row a stretch of a clock of the tickets $ticket_nos between two changes, from its start to its end, in order: kind counted, paused (open, but in the status
-- `value` that its target pauses on), holiday (`value` its name, or ''), closure, own_hours (the weekday would have been open) or closed; shift_on is the date whose
-- holiday, closure or own hours it is. Instants UTC; counted_s open seconds that count.
-- Parameters: $ticket_nos, a list.
with clocks as (
    select
        clk_spans.ticket_no,
        clk_spans.metric,
        clk_spans.cycle,
        clk_verdicts.calendar_no,
        clk_verdicts.pause_key,
        clk_spans.started_at,
        clk_spans.end_at,
    from clk_verdicts
    join clk_spans using (clock_no)
    where clk_spans.end_at > clk_spans.started_at and clk_spans.ticket_no in (select unnest($ticket_nos))
),
open_spans as (
    select
        clocks.ticket_no,
        clocks.metric,
        clocks.cycle,
        greatest(clk_hours.opens_at, clocks.started_at) as from_at,
        least(clk_hours.closes_at, clocks.end_at) as until_at,
    from clocks
    join clk_hours
        on clk_hours.calendar_no = clocks.calendar_no and clk_hours.opens_at < clocks.end_at and clk_hours.closes_at > clocks.started_at
),
pauses as (
    select
        clocks.ticket_no,
        clocks.metric,
        clocks.cycle,
        greatest(clk_pauses.from_at, clocks.started_at) as from_at,
        least(coalesce(clk_pauses.until_at, clocks.end_at), clocks.end_at) as until_at,
        coalesce(status_names.status, clk_statuses.status_key) as status,
    from clocks
    join clk_pauses
        on clk_pauses.ticket_no = clocks.ticket_no and clk_pauses.pause_key = clocks.pause_key
        and clk_pauses.from_at < clocks.end_at
        and (clk_pauses.until_at is null or clk_pauses.until_at > clocks.started_at)
    join clk_statuses on clk_statuses.ticket_no = clk_pauses.ticket_no and clk_statuses.from_at = clk_pauses.from_at
    left join (
        select
            ticket_no,
            lower(trim(value)) as status_key,
            min(trim(value)) as status,
        from events
        where kind = 'status' and ticket_no in (select unnest($ticket_nos))
        group by all
    ) as status_names on status_names.ticket_no = clk_statuses.ticket_no and status_names.status_key = clk_statuses.status_key
),
exceptions as (
    select
        clocks.ticket_no,
        clocks.metric,
        clocks.cycle,
        greatest(calendar_exceptions.from_at, clocks.started_at) as from_at,
        least(calendar_exceptions.until_at, clocks.end_at) as until_at,
        calendar_exceptions.reason,
        calendar_exceptions.shift_on,
        calendar_exceptions.name,
    from clocks
    join calendar_exceptions
        on calendar_exceptions.calendar_no = clocks.calendar_no
        and calendar_exceptions.from_at < clocks.end_at and calendar_exceptions.until_at > clocks.started_at
),
marks as (
    select ticket_no, metric, cycle, started_at as mark_at from clocks
    union
    select ticket_no, metric, cycle, end_at as mark_at from clocks
    union
    select ticket_no, metric, cycle, unnest([from_at, until_at]) as mark_at from open_spans
    union
    select ticket_no, metric, cycle, unnest([from_at, until_at]) as mark_at from pauses
    union
    select ticket_no, metric, cycle, unnest([from_at, until_at]) as mark_at from exceptions
),
stretches as (
    select
        ticket_no,
        metric,
        cycle,
        mark_at as from_at,
        lead(mark_at) over (partition by ticket_no, metric, cycle order by mark_at) as until_at,
    from marks
),
judged as (
    select
        stretches.ticket_no,
        stretches.metric,
        stretches.cycle,
        stretches.from_at,
        stretches.until_at,
        case
            when open_spans.metric is not null and pauses.metric is not null then 'paused'
            when open_spans.metric is not null then 'counted'
            else coalesce(exceptions.reason, 'closed')
        end as kind,
        case
            when open_spans.metric is not null then pauses.status
            else exceptions.name
        end as value,
        case when open_spans.metric is null then exceptions.shift_on end as shift_on,
    from stretches
    left join open_spans
        on open_spans.ticket_no = stretches.ticket_no and open_spans.metric = stretches.metric and open_spans.cycle = stretches.cycle
        and open_spans.from_at <= stretches.from_at and open_spans.until_at >= stretches.until_at
    left join pauses
        on pauses.ticket_no = stretches.ticket_no and pauses.metric = stretches.metric and pauses.cycle = stretches.cycle
        and pauses.from_at <= stretches.from_at and pauses.until_at >= stretches.until_at
    left join exceptions
        on exceptions.ticket_no = stretches.ticket_no and exceptions.metric = stretches.metric and exceptions.cycle = stretches.cycle
        and exceptions.from_at <= stretches.from_at and exceptions.until_at >= stretches.until_at
    where stretches.until_at > stretches.from_at
),
numbered as (
    select
        *,
        count(*) filter (is_new) over (partition by ticket_no, metric, cycle order by from_at rows between unbounded preceding and current row) as stretch_no,
    from (
        select
            *,
            (lag(kind) over in_order, lag(value) over in_order, lag(shift_on) over in_order) is distinct from (kind, value, shift_on) as is_new,
        from judged
        window in_order as (partition by ticket_no, metric, cycle order by from_at)
    )
)
select
    ticket_no,
    metric,
    cycle,
    min(from_at) as from_at,
    max(until_at) as until_at,
    any_value(kind) as kind,
    any_value(value) as value,
    any_value(shift_on) as shift_on,
    case when any_value(kind) = 'counted' then date_diff('second', min(from_at), max(until_at)) else 0 end as counted_s,
from numbered
group by ticket_no, metric, cycle, stretch_no
order by ticket_no, metric, cycle, from_at;
