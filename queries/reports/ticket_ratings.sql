-- How a ticket's customer rated it
-- Grain: one row per survey that was offered or answered up to the as-of instant, the last one last; it is the one that counts
-- Units: instants UTC; score on the scale from scale_min to scale_max, null where the survey was not answered
-- $ticket text: the ticket's id, as the export writes it
select
    ratings.offered_at,
    ratings.rated_at,
    ratings.score,
    ratings.scale_min,
    ratings.scale_max,
    ratings.comment,
from ratings
cross join snapshot
where ratings.ticket_id = $ticket
    and coalesce(ratings.rated_at, ratings.offered_at, snapshot.as_of) <= snapshot.as_of
order by coalesce(ratings.rated_at, ratings.offered_at) nulls first, ratings.score nulls first, ratings.comment
