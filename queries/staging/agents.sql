-- Grain: an agent. Of several rows for one agent the first by their texts is taken.
create or replace table agents as
select
    agent,
    name,
    team,
    timezone,
from stg_agent_rows
where problem is null
qualify row_number() over (partition by agent order by team, name, timezone) = 1
order by agent
