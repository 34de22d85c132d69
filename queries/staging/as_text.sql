-- A text without white space at its ends; null where nothing is left.
-- written: text. The first test spares the many clean texts the slow trimming.
create or replace temp macro as_text(written) as
    case
        when written < '!' or written[-1] < '!' or written[-1] = chr(160) or starts_with(written, chr(160))
            then nullif(trim(written, chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' ' || chr(160)), '')
        else written
    end
