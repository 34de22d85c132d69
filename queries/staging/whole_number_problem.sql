-- What is wrong with a whole number that as_whole_number could not read, as a sentence.
-- name: its column; written: trimmed text.
create or replace temp macro whole_number_problem(name, written) as
    name || ' is "' || left(written, 80) || '": expected a whole number'
