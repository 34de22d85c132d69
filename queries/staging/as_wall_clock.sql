-- What a clock on the wall shows at a written instant, at whole seconds, its offset left aside; null where it is unreadable.
-- written: trimmed text; dates: iso, dmy or mdy, the order where the year does not come first; or serial, days since the end of 1899 as
-- spreadsheets count them.
create or replace temp macro as_wall_clock(written, dates) as
    case
        when regexp_full_match(
            written,
            '\d{4}-\d\d-\d\d([T ](([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?|24:00(:00([.,]0+)?)?)( ?(Z|UTC|[+-](0\d|1[0-4])(:?[0-5]\d)?))?)?'
        ) then try_cast(
            case
                when length(written) = 10 then written
                when written[17] = ':' then left(written, 19)
                else left(written, 16)
            end as timestamp
        )
        when dates = 'dmy' and regexp_full_match(
            written, '\d{1,2}([/.-]\d{1,2}){2}\d{2}( +([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?'
        ) then try_strptime(
            translate(written, '.-', '//'), ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y']
        )
        when dates = 'mdy' and regexp_full_match(
            written, '\d{1,2}([/.-]\d{1,2}){2}\d{2}( +([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?'
        ) then try_strptime(
            translate(written, '.-', '//'), ['%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y']
        )
        when dates = 'serial' and regexp_full_match(written, '\d{5}([.,]\d+)?')
            then timestamp '1899-12-30' + to_seconds(round(replace(written, ',', '.')::double * 86400)::bigint)
        else as_spelled_clock(written, dates)
    end
