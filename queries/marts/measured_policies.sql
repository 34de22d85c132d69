-- One row a policy that has clocks ('' where tickets name none): its clocks, its tickets, those of them with a message in the export, and the first
-- and last week (rule 9) that clocks count in.
create table measured_policies as
with talkative as (
    select distinct ticket_no
    from events
    where kind = 'message'
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
    count(talkative.ticket_no) as tickets_with_messages_count,
    min(by_ticket.first_week) as first_week,
    max(by_ticket.last_week) as last_week,
from by_ticket
left join talkative using (ticket_no)
group by by_ticket.policy
order by by_ticket.policy;
