-- A written whole number; null where it is none or has more than 18 digits.
-- written: trimmed text.
create or replace temp macro as_whole_number(written) as
    case when regexp_full_match(as_plain_signs(written), '[+-]?\d{1,18}') then as_plain_signs(written)::bigint end
