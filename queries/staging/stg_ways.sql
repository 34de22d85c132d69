-- Grain: a file read. How its cells are taken apart. id_pattern, is_id_stripped: as as_ticket_id wants them; tags_between, joined: what
-- stands between tags and between the values of a cell, null for the standard; untold: what the export cannot tell of a ticket.
create or replace temp table stg_ways as
select
    file_no,
    constants['ticket_id_pattern'] as id_pattern,
    constants['strip'] is not null as is_id_stripped,
    constants['ticket_id_pattern'] is null and constants['strip'] is null as is_id_plain,
    constants['tags_between'] as tags_between,
    constants['joined'] as joined,
    constants['untold'] as untold,
from intake_files
