-- A written number with a decimal point or comma; null where it is none.
-- written: trimmed text.
create or replace temp macro as_number(written) as
    case
        when regexp_full_match(as_plain_signs(written), '[+-]?\d{1,15}([.,]\d{1,15})?')
            then replace(as_plain_signs(written), ',', '.')::double
    end
