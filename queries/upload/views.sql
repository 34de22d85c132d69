-- One row a view of the attached database `built`: the statement that makes it anew.
select sql
from duckdb_views()
where database_name = 'built' and not internal;
