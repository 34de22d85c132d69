-- Grain: two files that have tickets of one ticket_id with different creations. file: the newer one, whose rows were rejected.
create or replace temp table stg_conflict_files as
select
    newer.file as file,
    older.file as older_file,
    count(distinct ticket_id) as tickets_count,
    min(ticket_id) as example,
from stg_conflicts
inner join intake_files as newer on stg_conflicts.file_no = newer.file_no
inner join intake_files as older on stg_conflicts.older_file_no = older.file_no
group by newer.file_no, newer.file, older.file_no, older.file
order by newer.file_no, older.file_no
