-- Whether an instant stands there without an offset from UTC; false where nothing stands there.
-- written: text.
create or replace temp macro is_without_offset(written) as
    case
        when written is null or right(written, 1) = 'Z' then false
        else as_text(written) is not null and as_offset_s(as_text(written)) is null
    end
