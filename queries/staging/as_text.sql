-- A text without white space at its ends; null where nothing is left.
-- written: text. The first test spares the many clean texts the slow trimming; the bytes C2 A0 and C2 A1 are a hard space and what follows it.
create or replace temp macro as_text(written) as
    case
        when (written >= '!' and written < E'\xC2\xA0' or written >= E'\xC2\xA1') and written[-1] >= '!' and written[-1] <> E'\xC2\xA0' then written
        else nullif(trim(written, E'\t\n\x0B\f\r \xC2\xA0'), '')
    end
