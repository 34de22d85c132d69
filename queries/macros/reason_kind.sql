-- Why a row was rejected, with an ellipsis for what stood in it, so that rows with the same mistake can be counted together.
-- reason: as rejected_rows has it.
create or replace temp macro reason_kind(reason) as
    regexp_replace(regexp_replace(reason, '"[^"]*"', '…', 'g'), '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d', '…', 'g')
