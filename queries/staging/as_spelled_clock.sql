-- What a clock on the wall shows at an instant whose month is a word, or whose year has two digits, or whose hours are those of half
-- a day: 25/Feb/26 10:17 PM, 26 de jun. de 2026, 10:28, Mar 2, 2026 9:14 am, Mon, 2 Mar 2026 09:14:00 +0000, 17/12/25 10:11; null where it is
-- unreadable. A weekday before it and an offset after it are left aside.
-- written: trimmed text, its signs those of ASCII; dates: dmy or mdy, for months that are numbers. A year of two digits is one of this century.
-- A letter is one of [a-z\x{80}-\x{10FFFF}]: \p{L} takes milliseconds to make ready, and a word with another sign is no month's all the same.
create or replace temp macro as_spelled_clock(written, dates) as
    -- Lists of one: what is read out of the text is planned and worked out once, however often it is named below.
    list_transform(
        [
            regexp_replace(
                regexp_replace(
                    regexp_replace(lower(written), '^([a-z\x{80}-\x{10FFFF}]{2,}(-[a-z\x{80}-\x{10FFFF}]+)?\.?, *|[a-z\x{80}-\x{10FFFF}]{3} ([a-z\x{80}-\x{10FFFF}]{3} \d))', '\3'),
                    ',? +(às|as|at|a las|الساعة) +(\d{1,2}:)', ' \2'
                ),
                '(:\d\d( ?[ap]\. ?m\.| ?[ap]m)?) ?(utc|gmt)?([+-]\d\d:?\d\d)?$', '\1'
            )
        ],
        lambda told: case
            when regexp_full_match(
                told,
                '(\d{1,2}( de |[ /-])[a-z\x{80}-\x{10FFFF}]{2,}( ال[أا]ول| الثاني)?\.?|[a-z\x{80}-\x{10FFFF}]{3,}\.? \d{1,2}),?( de |[ /-])(\d{4}|\d{2})(,? +\d{1,2}:\d\d(:\d\d)?( ?(am|pm|a\. ?m\.|p\. ?m\.|ص|م|صباحا|مساء))?)?'
            ) or dates in ('dmy', 'mdy') and regexp_full_match(
                told, '\d{1,2}([/.-]\d{1,2}[/.-])(\d{4}|\d{2})(,? +\d{1,2}:\d\d(:\d\d)?( ?(am|pm|a\. ?m\.|p\. ?m\.|ص|م|صباحا|مساء))?)?'
            ) then list_transform(
                [
                    {
                        'numbers': regexp_extract_all(told, '\d+'),
                        'month': regexp_extract(replace(told, ' de ', ' '), '^[^:]*?([a-z\x{80}-\x{10FFFF}]{2,}( ال[أا]ول| الثاني)?)', 1),
                        'half': regexp_extract(told, '(a|p|ص|م)(\.? ?m\.?|باحا|ساء)?$', 1)
                    }
                ],
                lambda part: as_half_day_clock(
                    part.numbers[case when part.month = '' and dates = 'mdy' then 2 else 1 end],
                    case when part.month <> '' then as_month(part.month)::varchar when dates = 'mdy' then part.numbers[1] else part.numbers[2] end,
                    part.numbers[case when part.month = '' then 3 else 2 end],
                    part.numbers[case when part.month = '' then 4 else 3 end:],
                    part.half
                )
            )[1]
        end
    )[1]
