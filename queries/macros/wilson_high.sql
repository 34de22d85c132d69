-- The upper end of the 95 % Wilson score interval of a share, 0 to 1; null where nothing was counted; of all it is all, exactly.
-- hits, total: counts. Source: Wilson (1927), Probable Inference, JASA 22, pages 209 to 212; z = 1.959964.
create or replace temp macro wilson_high(hits, total) as
    case
        when hits >= total and total > 0 then 1::double
        when total > 0 then (hits + 1.920729 + 1.959964 * sqrt(hits * (total - hits) / total + 0.9603647)) / (total + 3.841459)
    end
