-- A written duration in whole seconds, fractions cut off, with its sign; null where it is unreadable.
-- written: trimmed text: 37, 1.5 or 1,5 of the unit; 7:25 or 31:07:12, also above 24 hours and below zero; 4 days 00:01 hrs; or numbers
-- with words in English, Portuguese, Spanish or Arabic such as 7 horas 25 minutos 51 segundos or ساعتان و 5 دقائق, where a word alone says one or two. unit: s, min, h or ms.
-- A letter is what as_spelled_clock takes for one; a word with another sign is no unit's.
create or replace temp macro as_duration_s(written, unit) as
    -- A list of one, so that the plain text is worked out once.
    list_transform(
        [as_counted_units(lower(as_plain_signs(written)))],
        lambda told: case
            when regexp_full_match(told, '[+-]?\d{1,15}([.,]\d{1,9})?')
                then case when abs(try_cast(replace(told, ',', '.') as double)) < 1e9 or unit = 'ms' then trunc(
                replace(told, ',', '.')::decimal(38, 9)
                * case unit when 'min' then 60 when 'h' then 3600 else 1 end / case unit when 'ms' then 1000 else 1 end
            )::bigint end
            when regexp_full_match(told, '[+-]?(\d{1,5} +(day|dia|día)s? +)?\d{1,6}:[0-5]\d(:[0-5]\d([.,]\d+)?)?( *(hrs?|h))?')
                then case when told[1] = '-' then -1 else 1 end * (
                    coalesce(try_cast(regexp_extract(told, '(\d+) +(day|dia|día)', 1) as bigint), 0) * 86400
                    + regexp_extract(told, '(\d+):', 1)::bigint * 3600
                    + regexp_extract(told, '\d:(\d\d)', 1)::bigint * 60
                    + coalesce(try_cast(regexp_extract(told, '\d:\d\d:(\d\d)', 1) as bigint), 0)
                )
            when regexp_full_match(told, '[+-]?(\d{1,6} *[a-z\x{80}-\x{10FFFF}]+\.?[, ]*(e |y |and |و ?)?)+')
                and list_bool_and(
                    list_transform(regexp_extract_all(told, '\d+ *[a-z\x{80}-\x{10FFFF}]+'), lambda part: as_unit_s(part) is not null)
                )
                then case when told[1] = '-' then -1 else 1 end * list_sum(
                    list_transform(
                        regexp_extract_all(told, '\d+ *[a-z\x{80}-\x{10FFFF}]+'),
                        lambda part: regexp_extract(part, '\d+')::bigint * as_unit_s(part)
                    )
                )::bigint
        end
    )[1]
