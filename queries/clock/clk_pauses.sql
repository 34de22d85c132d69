-- One row a stretch of a ticket's status in which clocks of a pause_key stand still (until_at null: still). Instants UTC.
create or replace temp table clk_pauses as
with words as (
    select distinct
        clk_tickets.policy_key,
        clk_tickets.format,
        clk_statuses.status_key,
    from clk_statuses
    join clk_tickets using (ticket_no)
    where clk_statuses.status_key is not null
),
pause_words as (
    select
        words.policy_key,
        words.format,
        words.status_key,
        -1 - versions.version_no as pause_key,
    from words
    join clk_policy_versions as versions using (policy_key)
    left join status_words on status_words.version_no = versions.version_no and status_words.status_key = words.status_key
    left join format_statuses on format_statuses.format = words.format and format_statuses.status_key = words.status_key
    where coalesce(status_words.status_class, format_statuses.status_class) = 'waiting'
    union all
    select
        words.policy_key,
        words.format,
        words.status_key,
        targets.target_no as pause_key,
    from words
    join clk_policy_versions as versions using (policy_key)
    join targets on targets.version_no = versions.version_no
    join target_pauses on target_pauses.target_no = targets.target_no and target_pauses.status_key = words.status_key
)
select
    clk_statuses.ticket_no,
    pause_words.pause_key,
    clk_statuses.from_at,
    clk_statuses.until_at,
from clk_statuses
join clk_tickets using (ticket_no)
join pause_words
    on pause_words.policy_key = clk_tickets.policy_key
    and pause_words.format = clk_tickets.format
    and pause_words.status_key = clk_statuses.status_key;
