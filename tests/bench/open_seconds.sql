-- One row a pair of instants (UTC), with the open seconds of its calendar between them: two ASOF joins, as queries/clock/clk_segments.sql has them.
create or replace temp table open_seconds as
select
    pairs.pair_no,
    at_stop.open_before_s
        + least(date_diff('second', at_stop.opens_at, pairs.stopped_at), date_diff('second', at_stop.opens_at, at_stop.closes_at))
        - at_start.open_before_s
        - least(date_diff('second', at_start.opens_at, pairs.started_at), date_diff('second', at_start.opens_at, at_start.closes_at)) as open_s,
from pairs
asof join calendar_spans as at_start
    on at_start.calendar_no = pairs.calendar_no and pairs.started_at >= at_start.opens_at
asof join calendar_spans as at_stop
    on at_stop.calendar_no = pairs.calendar_no and pairs.stopped_at >= at_stop.opens_at;
