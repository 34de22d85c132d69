-- What is wrong with an instant, as a sentence; null where nothing is.
-- name: its column; written: trimmed text; instant: what as_instant made of it; dates: iso, dmy or mdy; latest_at: the last
-- instant that can be true, null for no limit.
create or replace temp macro instant_problem(name, written, instant, dates, latest_at) as
    case
        when written is not null
            and (instant is null or instant < timestamp '1970-01-01' or instant >= timestamp '2200-01-01') then
            name || ' is "' || left(written, 80) || '": expected an instant from 1970 to 2199 such as 2026-01-31T09:30:00Z'
            || case dates when 'dmy' then ' or 31/1/2026 9:30' when 'mdy' then ' or 1/31/2026 9:30' else '' end
            || case
                when dates <> 'serial' and regexp_full_match(written, '\d{5}([.,]\d+)?')
                    then '; a spreadsheet makes such numbers of dates, some with day and month exchanged (D36)'
                else ''
            end
        when instant > latest_at then
            name || ' is ' || left(instant::varchar, 19) || ' UTC: expected at most a day after this machine''s clock'
    end
