-- What the instants of one file show of their layout. Grain: one row. Counts of values, and values as they are written, with the signs of ASCII: year first; two
-- numbers up to 12 that differ, which can be read in two orders; day first for sure; month first for sure; the same in both
-- orders; plain numbers; then examples of the open, day first, month first and plain ones, and of one without an offset.
-- file_no: the file's number; missing: texts that mean nothing.
with every_value as (
    select unnest([created_at, acknowledged_at, first_reply_at, solved_at, closed_at, updated_at, rated_at, offered_at]) as written
    from raw_tickets
    where file_no = $file_no
    union all
    select unnest([regexp_extract(messages, '^[^;]*'), regexp_extract(message_times, '^[^;<|,]*')]) as written from raw_tickets
    where file_no = $file_no and (messages is not null or message_times is not null)
    union all
    select unnest([created_at, "at", acknowledged_at, first_reply_at, solved_at, closed_at, updated_at]) as written from raw_log
    where file_no = $file_no
    union all
    select "at" as written from raw_events
    where file_no = $file_no
    union all
    select unnest([rated_at, offered_at]) as written from raw_ratings
    where file_no = $file_no
    union all
    select valid_from as written from raw_accounts
    where file_no = $file_no
),
counted as (
    select
        count(*) filter (written[5] = '-' and written[8] = '-') as year_first_count,
        min(written) filter (written[5] = '-' and written[8] = '-' and written[-1] <> 'Z' and length(written) < 20) as clock_time,
    from every_value
    where written is not null
),
others as (
    select trim(as_plain_signs(written)) as written from every_value
    where written is not null and not (written[5] = '-' and written[8] = '-') and not list_contains($missing, trim(written))
),
parts as (
    select
        written,
        try_cast(regexp_extract(written, '^(\d{1,2})[/.-]\d{1,2}[/.-]\d{2,4}\b', 1) as integer) as first,
        try_cast(regexp_extract(written, '^\d{1,2}[/.-](\d{1,2})[/.-]\d{2,4}\b', 1) as integer) as second,
        regexp_full_match(written, '\d{5}([.,]\d+)?|\d{10}|\d{13}') as is_number,
    from others
),
sorted as (
    select
        count(*) filter (first <= 12 and second <= 12 and first <> second) as open_count,
        count(*) filter (first between 13 and 31 and second <= 12) as day_first_count,
        count(*) filter (first <= 12 and second between 13 and 31) as month_first_count,
        count(*) filter (first <= 12 and first = second) as alike_count,
        count(*) filter (is_number) as number_count,
        list_sort(list_distinct([
            min(written) filter (first <= 12 and second <= 12 and first <> second),
            max(written) filter (first <= 12 and second <= 12 and first <> second),
        ])) as open_examples,
        min(written) filter (first between 13 and 31 and second <= 12) as day_example,
        min(written) filter (first <= 12 and second between 13 and 31) as month_example,
        min(written) filter (is_number) as number_example,
        min(written) filter (
            not is_number and regexp_matches(written, '\d')
            and not regexp_matches(written, '(?i)(Z|UTC|GMT|:\d\d[ apm.]*(utc|gmt)?[+-]\d\d(:?\d\d)?)$')
        ) as clock_time,
    from parts
)
select
    counted.year_first_count,
    sorted.open_count,
    sorted.day_first_count,
    sorted.month_first_count,
    sorted.alike_count,
    sorted.number_count,
    sorted.open_examples,
    sorted.day_example,
    sorted.month_example,
    sorted.number_example,
    coalesce(sorted.clock_time, counted.clock_time) as without_offset,
from counted
cross join sorted
