-- One row a ticket of shard $shard of $shards that names $policy; one requester's tickets stay together.
create or replace temp table shard_tickets as
select ticket_no
from tickets
where lower(trim(policy)) = lower(trim($policy))
    and (hash(coalesce(lower(trim(requester)), ticket_id)) % $shards::ubigint)::integer = $shard;
