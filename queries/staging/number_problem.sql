-- What is wrong with a number, as a sentence; null where nothing is.
-- name: its column; written: trimmed text; number: what as_number made of it.
create or replace temp macro number_problem(name, written, number) as
    case
        when written is not null and number is null
            then name || ' is "' || left(written, 80) || '": expected a number such as 4 or 4.5'
    end
