-- Grain: a message that the row of an accepted ticket tells, by the ticket's newest row: cells "instant;author;text" one behind the other, or
-- a list of instants beside one of authors. at in UTC; by: the customer where the author is the requester, or one of several, else an agent; problem: why it
-- cannot be read, or null. Two lists that are not of one length, and rows without a requester, give one row with their problem. is_taken: no
-- message of the ticket has one, for an answer may stand in any (D31).
-- latest_at: the last instant that can be true, or null.
create or replace temp table stg_told_messages as
with written as (
    select
        winners.ticket_id,
        winners.file_no,
        winners.row_no,
        files.timezone,
        files.dates,
        ways.joined,
        lower(coalesce(as_text(raw_tickets.requester_id), winners.requester)) as requester,
        list_filter(string_split(raw_tickets.messages, chr(30)), lambda cell: as_text(cell) is not null) as cells,
        string_split(raw_tickets.message_times, coalesce(ways.joined, ';')) as times,
        string_split(coalesce(raw_tickets.message_authors, ''), coalesce(ways.joined, ';')) as authors,
    from raw_tickets
    inner join intake_files as files using (file_no)
    inner join stg_ways as ways using (file_no)
    inner join stg_winners as winners
        on raw_tickets.file_no = winners.file_no and raw_tickets.rowid - files.first_place + 1 = winners.row_no and winners.kind = 'tickets'
    where raw_tickets.messages is not null or raw_tickets.message_times is not null
),
parts as (
    select
        * exclude (cells, times, authors),
        unnest(cells) as cell,
        as_text(regexp_extract(cell, '^([^;]*);', 1)) as at_text,
        as_text(regexp_extract(cell, '^[^;]*;([^;]*);', 1)) as author,
    from written
    where cells is not null
    union all
    select
        * exclude (cells, times, authors),
        null as cell,
        as_text(unnest(times)) as at_text,
        as_text(unnest(authors)) as author,
    from written
    where len(times) = len(authors)
),
typed as (
    select *, as_instant(at_text, dates, timezone) as "at" from parts
),
told as (
    select
        ticket_id,
        file_no,
        row_no,
        "at",
        case
            when lower(author) = requester then 'customer'
            when list_contains(list_transform(string_split(requester, joined), lambda one: trim(one)), lower(author)) then 'customer'
            else 'agent'
        end as "by",
        author,
        coalesce(
            case when requester is null then 'the requester is missing: expected one, to tell messages of the customer from replies' end,
            case when at_text is null then 'a message has no instant: "' || left(coalesce(cell, ''), 80) || '"' end,
            case when author is null then 'a message of ' || at_text || ' has no author: expected one' end,
            instant_problem('the time of a message', at_text, "at", dates, $latest_at::timestamp)
        ) as problem,
    from typed
    union all
    select
        ticket_id,
        file_no,
        row_no,
        null as "at",
        null as "by",
        null as author,
        'there are ' || len(times) || ' times of messages and ' || len(authors) || ' authors: expected as many' as problem,
    from written
    where len(times) <> len(authors)
)
select *, bool_and(problem is null) over (partition by ticket_id) as is_taken from told
