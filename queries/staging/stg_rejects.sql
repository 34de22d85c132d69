-- Grain: a readable row that is not accepted. row_no: its place among the readable rows of its file, from 1.
create or replace temp table stg_rejects as
select file_no, row_no, problem from stg_ticket_rows
where problem is not null
union all
select ticket_rows.file_no, ticket_rows.row_no, conflicts.problem from stg_ticket_rows as ticket_rows
inner join stg_conflicts as conflicts
    on ticket_rows.file_no = conflicts.file_no and ticket_rows.ticket_id = conflicts.ticket_id
    and (conflicts.row_no is null or ticket_rows.row_no = conflicts.row_no)
where ticket_rows.problem is null
union all
select file_no, row_no, problem from stg_event_rows
where problem is not null
union all
select file_no, row_no, problem from stg_rating_rows
where problem is not null
union all
select file_no, row_no, problem from stg_account_rows
where problem is not null
union all
select file_no, row_no, problem from stg_agent_rows
where problem is not null
