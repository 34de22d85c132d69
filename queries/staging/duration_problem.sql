-- What is wrong with a time since the creation, as a sentence; null where nothing is.
-- name: what it is; written: trimmed text; seconds: what as_duration_s made of it; instant: when it ended; latest_at: the last instant that
-- can be true, null for no limit.
create or replace temp macro duration_problem(name, written, seconds, instant, latest_at) as
    case
        when written is not null and seconds is null
            then name || ' is "' || left(written, 80) || '": expected a duration such as 37, 7:25:51 or 2 hours 5 minutes'
        when seconds is not null and instant > latest_at
            then name || ' ends at ' || left(instant::varchar, 19) || ' UTC: expected at most a day after this machine''s clock'
    end
