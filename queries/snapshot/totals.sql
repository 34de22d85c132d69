-- One row: how many tickets, events and clocks the snapshot holds.
select
    (select count(*) from tickets) as tickets_count,
    (select count(*) from events) as events_count,
    (select count(*) from clock_facts) as clocks_count;
