-- A written instant in UTC at whole seconds, fractions cut off; null where it is unreadable. instant_problem says whether it is of
-- the years that can be true. The commonest layouts are tried first.
-- written: trimmed text; dates: iso, dmy, mdy, serial, or epoch_s and epoch_ms, which count from 1970 in UTC; zone: IANA name, for instants
-- without an offset.
create or replace temp macro as_instant(written, dates, zone) as
    coalesce(
        as_usual_instant(written, zone),
        case
            when dates = 'epoch_s' and regexp_full_match(written, '\d{1,11}') then make_timestamp(written::bigint * 1000000)
            when dates = 'epoch_ms' and regexp_full_match(written, '\d{1,14}') then make_timestamp(written::bigint // 1000 * 1000000)
            -- A list of one, so that the clock on the wall is planned once.
            else list_transform(
                [as_wall_clock(written, dates)],
                lambda wall: case
                    when right(written, 1) <> 'Z' and zone <> 'UTC' and as_offset_s(written) is null
                        then timezone('UTC', timezone(zone, wall))
                    else wall - to_seconds(coalesce(as_offset_s(written), 0))
                end
            )[1]
        end
    )
