-- What a clock on the wall shows at an instant whose month is a word, or whose year has two digits, or whose hours are those of half
-- a day: 25/Feb/26 10:17 PM, 26 de jun. de 2026, 10:28, Mar 2, 2026 9:14 am, 17/12/25 10:11; null where it is unreadable.
-- written: trimmed text; dates: dmy or mdy, for months that are numbers. A year of two digits is one of this century.
create or replace temp macro as_spelled_clock(written, dates) as
    case
        when regexp_full_match(
            lower(written),
            '(\d{1,2}( de |[ /-])\p{L}{2,}\.?|\p{L}{3,}\.? \d{1,2}),?( de |[ /-])(\d{4}|\d{2})(,? +\d{1,2}:\d\d(:\d\d)?( ?(am|pm|a\.m\.|p\.m\.|ص|م))?)?'
        ) then as_half_day_clock(
            regexp_extract_all(written, '\d+')[1],
            as_month(regexp_extract(replace(lower(written), ' de ', ' '), '\p{L}{2,}'))::varchar,
            regexp_extract_all(written, '\d+')[2],
            regexp_extract_all(written, '\d+')[3:],
            regexp_extract(lower(written), '(a|p|ص|م)(\.?m\.?)?$', 1)
        )
        when dates in ('dmy', 'mdy') and regexp_full_match(
            lower(written), '\d{1,2}([/.-]\d{1,2}[/.-])(\d{4}|\d{2})(,? +\d{1,2}:\d\d(:\d\d)?( ?(am|pm|a\.m\.|p\.m\.|ص|م))?)?'
        ) then as_half_day_clock(
            regexp_extract_all(written, '\d+')[case dates when 'dmy' then 1 else 2 end],
            regexp_extract_all(written, '\d+')[case dates when 'dmy' then 2 else 1 end],
            regexp_extract_all(written, '\d+')[3],
            regexp_extract_all(written, '\d+')[4:],
            regexp_extract(lower(written), '(a|p|ص|م)(\.?m\.?)?$', 1)
        )
    end
