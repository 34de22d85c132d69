-- No row of notes is ever changed, whoever asks: a later row holds and the earlier one stays. Grain: none. Units: none
create trigger if not exists notes_are_not_changed
before update on notes
begin
    select raise(abort, 'rows of notes are never changed');
end
