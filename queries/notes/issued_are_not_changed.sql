-- No row of issued is ever changed, whoever asks: a later row holds and the earlier one stays. Grain: none. Units: none
create trigger if not exists issued_are_not_changed
before update on issued
begin
    select raise(abort, 'rows of issued are never changed');
end
