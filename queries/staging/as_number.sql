-- A written number with a decimal point; null where it is none.
-- written: trimmed text.
create or replace temp macro as_number(written) as
    case when regexp_full_match(written, '[+-]?\d{1,15}(\.\d{1,15})?') then written::double end
