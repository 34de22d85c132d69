-- Adds an issued pack. Grain: one row. Units and parameters: as the columns of issued
insert into issued
values (
    $issue_no, $account, $language, $period_kind, $first_on, $last_on, $snapshot, $snapshot_sha256, $as_of, $policies, $note_no, $compared_no, $figures,
    $differences, $forms, $who, $is_typed, $issued_at
)
