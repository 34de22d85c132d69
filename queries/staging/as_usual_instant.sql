-- An instant in the two commonest layouts, 2026-01-31T09:30:00Z and 2026-01-31 09:30:00, in UTC; null for all others, which as_instant reads
-- at five times the price.
-- written: trimmed text; zone: IANA name, for instants without an offset.
create or replace temp macro as_usual_instant(written, zone) as
    case
        when written like '____-__-__T__:__:__Z' then try_strptime(written, '%Y-%m-%dT%H:%M:%SZ')
        when written like '____-__-__ __:__:__' then case zone
            when 'UTC' then try_strptime(written, '%Y-%m-%d %H:%M:%S')
            else timezone('UTC', timezone(zone, try_strptime(written, '%Y-%m-%d %H:%M:%S')))
        end
    end
