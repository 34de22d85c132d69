-- Snapshots that an issued pack names. Grain: one row per snapshot, by name. Units: snapshot is the name of its file
select distinct snapshot
from issued
order by snapshot
