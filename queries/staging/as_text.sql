-- A text without white space at its ends; null where nothing is left.
-- written: text. The first test spares the many clean texts the slow trimming; chr(160) and chr(161) are a hard space and what follows it.
create or replace temp macro as_text(written) as
    case
        when (written >= '!' and written < chr(160) or written >= chr(161)) and written[-1] >= '!' and written[-1] <> chr(160) then written
        else nullif(trim(written, chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' ' || chr(160)), '')
    end
