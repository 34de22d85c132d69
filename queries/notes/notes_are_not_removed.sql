-- No row of notes is ever removed, whoever asks: a later row holds and the earlier one stays. Grain: none. Units: none
create trigger if not exists notes_are_not_removed
before delete on notes
begin
    select raise(abort, 'rows of notes are never removed');
end
