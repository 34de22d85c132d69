-- One row a pair, in the order of its number, with its open seconds.
select
    pair_no,
    open_s,
from open_seconds
order by pair_no;
