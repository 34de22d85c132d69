-- Grain: an accepted row of a log, with what stood there before; change_no counts the rows of a ticket from 1.
create or replace temp table stg_log_changes as
with accepted as (
    select changes.* from stg_ticket_rows as changes
    anti join stg_conflicts as conflicts
        on changes.file_no = conflicts.file_no and changes.ticket_id = conflicts.ticket_id and conflicts.row_no is null
    where changes.kind = 'log' and changes.problem is null
)
select
    ticket_id,
    "at",
    seq,
    author,
    status,
    agent,
    severity,
    row_number() over changes as change_no,
    lag(status ignore nulls) over changes as status_before,
    lag(agent) over changes as agent_before,
    lag(severity ignore nulls) over changes as severity_before,
    status is not null and not list_contains(
        list_transform(files.initial_statuses, lambda initial: lower(trim(initial))), lower(status)
    ) as is_taken_up,
from accepted
inner join intake_files as files using (file_no)
window changes as (
    partition by ticket_id
    order by "at", seq nulls first, status, agent, severity, author
)
