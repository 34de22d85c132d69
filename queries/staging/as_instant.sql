-- A written instant in UTC at whole seconds, fractions cut off; null where it is unreadable. instant_problem says whether it is of
-- the years that can be true.
-- written: trimmed text; dates: iso, dmy or mdy; zone: IANA name, for instants without an offset.
create or replace temp macro as_instant(written, dates, zone) as
    case
        when right(written, 1) <> 'Z' and zone <> 'UTC' and as_offset_s(written) is null
            then timezone('UTC', timezone(zone, as_wall_clock(written, dates)))
        else as_wall_clock(written, dates) - to_seconds(coalesce(as_offset_s(written), 0))
    end
