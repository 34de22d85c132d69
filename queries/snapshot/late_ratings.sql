-- One row: how many tickets have a rating that was given after the as-of instant.
select coalesce(sum(tickets_count), 0)::bigint as tickets_count
from warnings
where kind = 'rating_after_as_of';
