-- One row a ticket of shard $shard of $shards. Tickets of a policy with duplicates by subject stay together by requester; all others by their numbers.
create or replace temp table shard_tickets as
select tickets.ticket_no
from tickets
left join (select distinct lower(trim(policy)) as policy_key from policy_versions where duplicates is not null) as by_subject
    on by_subject.policy_key = lower(trim(tickets.policy))
where $shards = 1
    or case when by_subject.policy_key is not null and tickets.requester is not null
        then (hash(lower(trim(tickets.requester))) % $shards::ubigint)::integer
        else (tickets.ticket_no::bigint * $shards // (select count(*) from tickets))::integer
    end = $shard;
