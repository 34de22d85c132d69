-- Returns a row if the weekly mart and the clocks do not count the same.
select
    marted.clocks_count as marted_count,
    counted.clocks_count as counted_count,
from (select coalesce(sum(met_count + breached_count + running_count + excluded_count), 0) as clocks_count from attainment_weeks) as marted
cross join (select count(*) as clocks_count from clock_facts) as counted
where marted.clocks_count <> counted.clocks_count;
