-- Adds a note. Grain: one row. Units and parameters: as the columns of notes
insert into notes (
    kind, account, ticket_id, metric, cycle, counted_on, first_on, last_on, reason, is_granted, agreed_with, remark, who, is_typed, written_at
)
values (
    $kind, $account, $ticket_id, $metric, $cycle, $counted_on, $first_on, $last_on, $reason, $is_granted, $agreed_with, $remark, $who, $is_typed,
    $written_at
)
