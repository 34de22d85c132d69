-- Takes every exact repetition of an event out of events, but for the first. Equal events stand side by side there: those with the fingerprint of the
-- row before are compared with it in full. Runs when the intake has been committed: a commit writes a table anew that lost rows in its own transaction.
delete from events
where rowid in (
    select repetition.rowid
    from (
        select
            rowid as place,
            hash(ticket_no, "at", kind, "by", author, public, value, seq)
                = lag(hash(ticket_no, "at", kind, "by", author, public, value, seq)) over () as is_alike,
        from events
    ) as alike
    inner join events as repetition on repetition.rowid = alike.place
    inner join events as original on original.rowid = alike.place - 1
    where alike.is_alike
        and repetition.ticket_no = original.ticket_no
        and repetition."at" = original."at"
        and repetition.kind = original.kind
        and repetition."by" is not distinct from original."by"
        and repetition.author is not distinct from original.author
        and repetition.public is not distinct from original.public
        and repetition.value is not distinct from original.value
        and repetition.seq is not distinct from original.seq
)
