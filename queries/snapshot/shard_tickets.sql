-- One row a ticket of shard $shard. Tickets of a policy with duplicates by subject stay together by requester, in the last $subject_shards shards; all
-- others lie by their numbers in the first $number_shards, so that a shard reads only its own stretch of the events. With one shard in all, every ticket.
create or replace temp table shard_tickets as
select tickets.ticket_no
from tickets
left join (select distinct lower(trim(policy)) as policy_key from policy_versions where duplicates is not null) as by_subject
    on by_subject.policy_key = lower(trim(tickets.policy))
where $number_shards + $subject_shards = 1
    or case when by_subject.policy_key is not null
        then $number_shards + (hash(coalesce(lower(trim(tickets.requester)), tickets.ticket_id)) % greatest(1, $subject_shards)::ubigint)::integer
        else (tickets.ticket_no::bigint * $number_shards // (select count(*) from tickets))::integer
    end = $shard;
