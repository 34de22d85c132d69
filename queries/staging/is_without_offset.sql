-- Whether an instant stands there without an offset from UTC; false where nothing stands there.
-- written: text.
create or replace temp macro is_without_offset(written) as
    case
        when written is null or right(written, 1) = 'Z' then false
        else list_transform([as_text(written)], lambda trimmed: trimmed is not null and as_offset_s(trimmed) is null)[1]
    end
