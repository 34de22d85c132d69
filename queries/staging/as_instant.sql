-- A written instant in UTC at whole seconds, fractions cut off; null where it is unreadable. instant_problem says whether it is of
-- the years that can be true. The commonest layouts are tried first.
-- written: trimmed text; dates: iso, dmy, mdy, serial, or epoch_s and epoch_ms, which count from 1970 in UTC; zone: IANA name, for instants
-- without an offset.
create or replace temp macro as_instant(written, dates, zone) as
    coalesce(
        as_usual_instant(written, zone),
        -- Lists of one, so that the plain text and the clock on the wall are planned once.
        list_transform(
            [as_plain_signs(written)],
            lambda plain: case
                when dates = 'epoch_s' and regexp_full_match(plain, '\d{1,11}') then make_timestamp(plain::bigint * 1000000)
                when dates = 'epoch_ms' and regexp_full_match(plain, '\d{1,14}') then make_timestamp(plain::bigint // 1000 * 1000000)
                else list_transform(
                    [as_wall_clock(plain, dates)],
                    lambda wall: case
                        when right(plain, 1) <> 'Z' and zone <> 'UTC' and as_offset_s(plain) is null
                            then timezone('UTC', timezone(zone, wall))
                        else wall - to_seconds(coalesce(as_offset_s(plain), 0))
                    end
                )[1]
            end
        )[1]
    )
