-- One row a policy, reason and metric of the clocks that are in no count, with the number of clocks and of their tickets.
create table exclusion_counts as
select
    coalesce(policy, '') as policy,
    reason,
    metric,
    count(*) as clocks_count,
    count(distinct ticket_no) as tickets_count,
from clock_facts
where outcome = 'excluded'
group by all
order by all;
