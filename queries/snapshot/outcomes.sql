-- One row an outcome, with the number of its clocks.
select
    outcome,
    count(*) as clocks_count,
from clock_facts
group by outcome
order by outcome;
