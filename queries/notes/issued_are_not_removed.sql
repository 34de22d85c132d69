-- No row of issued is ever removed, whoever asks: a later row holds and the earlier one stays. Grain: none. Units: none
create trigger if not exists issued_are_not_removed
before delete on issued
begin
    select raise(abort, 'rows of issued are never removed');
end
