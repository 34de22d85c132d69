-- The lower end of the 95 % interval of the difference of two shares (the first less the second), -1 to 1; null where either counted nothing.
-- hits, total, other_hits, other_total: counts. Source: Newcombe (1998), Interval estimation for the difference between independent proportions,
-- Statistics in Medicine 17, pages 873 to 890, method 10: Wilson's intervals of both.
create or replace temp macro difference_low(hits, total, other_hits, other_total) as
    case when total > 0 and other_total > 0 then hits / total::double - other_hits / other_total::double - sqrt(
        pow(hits / total::double - greatest(
            0, (hits + 1.920729 - 1.959964 * sqrt(hits * (total - hits) / total + 0.9603647)) / (total + 3.841459)
        ), 2)
        + pow(other_hits / other_total::double - least(
            1,
            (other_hits + 1.920729 + 1.959964 * sqrt(other_hits * (other_total - other_hits) / other_total + 0.9603647))
            / (other_total + 3.841459)
        ), 2)
    ) end
