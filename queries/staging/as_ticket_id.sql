-- The number of a ticket within what stands in its cell; null where there is none.
-- written: trimmed text; pattern: a regular expression with one group, as in a link to the ticket, or null; is_stripped: white space within
-- is none of it, as where 12 345 is the ticket 12345.
create or replace temp macro as_ticket_id(written, pattern, is_stripped) as
    case
        when pattern is not null then nullif(regexp_extract(written, pattern, 1), '')
        when is_stripped then nullif(regexp_replace(written, '[\s\x{a0}\x{2009}\x{202f}]', '', 'g'), '')
        else written
    end
