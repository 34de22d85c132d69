-- The lower end of the 95 % Wilson score interval of a share, 0 to 1; null where nothing was counted; of nothing it is nothing, exactly.
-- hits, total: counts. Source: Wilson (1927), Probable Inference, JASA 22, pages 209 to 212; z = 1.959964.
create or replace temp macro wilson_low(hits, total) as
    case
        when hits <= 0 and total > 0 then 0::double
        when total > 0 then (hits + 1.920729 - 1.959964 * sqrt(hits * (total - hits) / total + 0.9603647)) / (total + 3.841459)
    end
