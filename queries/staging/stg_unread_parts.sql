-- Grain: a part of an accepted row that could not be read, such as its rating. row_no: the row's place among the readable rows of its file.
create or replace temp table stg_unread_parts as
select file_no, row_no, problem from stg_told_ratings
where problem is not null
union all
select file_no, row_no, problem from stg_told_messages
where problem is not null
