-- One row a metric: the shard's clocks as the snapshot has them and as they are under the other reading, counted by outcome, and those whose
-- outcome is another; a clock that only one of the two has counts as excluded in the other.
select
    coalesce(clock_facts.metric, clk_facts.metric) as metric,
    count(*) filter (coalesce(clock_facts.outcome, 'excluded') <> coalesce(clk_facts.outcome, 'excluded')) as changed_count,
    count(*) filter (clock_facts.outcome = 'met') as met_count,
    count(*) filter (clock_facts.outcome = 'breached') as breached_count,
    count(*) filter (clk_facts.outcome = 'met') as other_met_count,
    count(*) filter (clk_facts.outcome = 'breached') as other_breached_count,
from (from clock_facts where ticket_no in (from shard_tickets)) as clock_facts
full join clk_facts
    on clk_facts.ticket_no = clock_facts.ticket_no and clk_facts.metric = clock_facts.metric and clk_facts.cycle = clock_facts.cycle
group by all
order by metric;
