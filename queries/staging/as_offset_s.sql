-- The offset from UTC that a written instant names, in seconds; null where it names none.
-- written: trimmed text of an instant that as_wall_clock can read. An offset stands after the minutes or seconds.
create or replace temp macro as_offset_s(written) as
    case
        when length(written) < 14 then null
        when right(written, 1) = 'Z' or right(written, 4) in (' UTC', ' utc', ' GMT', ' gmt') then 0
        when regexp_matches(written, ':\d\d([.,]\d+)?[ a-zA-Z.]*[+-]\d\d(:?\d\d)?$') then
            case when regexp_matches(written, '-\d\d(:?\d\d)?$') then -1 else 1 end * (
                regexp_extract(written, '[+-](\d\d)(:?\d\d)?$', 1)::integer * 3600
                + coalesce(try_cast(regexp_extract(written, '[+-]\d\d:?(\d\d)$', 1) as integer), 0) * 60
            )
    end
