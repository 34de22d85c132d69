-- One row a status word that neither policy nor format knows, with the number of tickets that carry it.
select
    value,
    tickets_count,
from warnings
where kind = 'unknown_status'
order by tickets_count desc, value;
