-- One row a policy that has clocks ('' where tickets name none): its clocks, its tickets, those of them with a message, a status, a severity or
-- plan in the export's history, and the first and last week (rule 9) that clocks count in.
create table measured_policies as
with histories as (
    select
        ticket_no,
        count(*) filter (kind = 'message') as messages_count,
        count(*) filter (kind = 'status') as statuses_count,
        count(*) filter (kind in ('severity', 'plan')) as regradings_count,
    from events
    group by ticket_no
),
by_ticket as (
    select
        coalesce(clock_facts.policy, '') as policy,
        clock_facts.ticket_no,
        count(*) as clocks_count,
        min(clock_facts.week_start) as first_week,
        max(clock_facts.week_start) as last_week,
    from clock_facts
    group by all
)
select
    by_ticket.policy,
    sum(by_ticket.clocks_count)::bigint as clocks_count,
    count(*) as tickets_count,
    count(*) filter (histories.messages_count > 0) as tickets_with_messages_count,
    count(*) filter (histories.statuses_count > 0) as tickets_with_statuses_count,
    count(*) filter (histories.regradings_count > 0) as tickets_with_regradings_count,
    min(by_ticket.first_week) as first_week,
    max(by_ticket.last_week) as last_week,
from by_ticket
left join histories using (ticket_no)
group by by_ticket.policy
order by by_ticket.policy;
