-- Grain: a row of an agents file. problem: why the row is not accepted, or null.
create or replace temp table stg_agent_rows as
with texts as (
    select
        files.file_no,
        raw_agents.rowid - files.first_place + 1 as row_no,
        as_text(agent) as agent,
        as_text(name) as name,
        as_text(team) as team,
        as_text(raw_agents.timezone) as timezone,
    from raw_agents
    inner join intake_files as files using (file_no)
)
select *, case when agent is null then 'agent is missing: expected a text' end as problem from texts
