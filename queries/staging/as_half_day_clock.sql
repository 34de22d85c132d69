-- A timestamp from its written parts; null where there is no such day or time.
-- day, month, year: digits, the year with two or four; times: a list of hour, minute and second, or none; half: a or ص before noon, p or م
-- after it, '' for the hours of a whole day.
create or replace temp macro as_half_day_clock(day, month, year, times, half) as
    case
        when half = '' or times[1]::integer between 1 and 12 then try_strptime(
            day || '/' || month || '/' || case when length(year) = 2 then '20' || year else year end || ' '
            || case
                when half in ('p', 'م') then (times[1]::integer % 12 + 12)::varchar
                when half in ('a', 'ص') then (times[1]::integer % 12)::varchar
                else coalesce(times[1], '0')
            end || ':' || coalesce(times[2], '00') || ':' || coalesce(times[3], '00'),
            '%d/%m/%Y %H:%M:%S'
        )
    end
