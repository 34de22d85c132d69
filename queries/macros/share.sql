-- A share, 0 to 1; null where nothing was counted, never 0 and never infinite.
-- hits, total: counts.
create or replace temp macro share(hits, total) as
    case when total > 0 then hits / total::double end
