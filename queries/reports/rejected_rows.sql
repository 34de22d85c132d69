-- Rows that were not accepted
-- Grain: one row per rejected row, in the order of files and lines
-- Units: line is the physical line in the file, from 1; row_text is the row as it stands there; all_count counts the rows that were
--  asked for, also those beyond $most
-- $reason text, optional: rejected for this reason only, as the report rejections gives it
-- $search text, optional: rows whose text, file or reason holds this, whatever its case
-- $most integer, optional: no more than these
select
    file,
    line,
    reason,
    "row" as row_text,
    count(*) over () as all_count,
from rejected_rows
where ($reason::varchar is null or reason_kind(reason) = $reason)
    and ($search::varchar is null or contains(lower(concat_ws(' ', "row", file, reason)), lower($search)))
order by file, line, row_text
limit coalesce($most::bigint, 9223372036854775807)
