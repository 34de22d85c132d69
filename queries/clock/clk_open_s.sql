-- B(t) of a calendar at an instant within one of its buckets (clk_buckets): open seconds before it.
-- at_s: the instant in seconds since 1970; the other arguments are columns of the bucket.
create or replace temp macro clk_open_s(at_s, opens_s, lasts_s, open_before_s, next_opens_s, next_lasts_s, next_before_s) as
    case
        when at_s >= next_opens_s then next_before_s + least(at_s - next_opens_s, next_lasts_s)
        else open_before_s + least(at_s - opens_s, lasts_s)
    end;
