-- One row: how many replies are dated before their ticket's creation.
select count(*) as replies_count
from warnings
where kind = 'reply_before_creation';
