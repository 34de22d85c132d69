-- Closed dates of a year
-- Grain: one row per calendar of a policy's versions and date on which it is closed as a holiday
-- Units: dates of the calendar's own zone; version_no counts the versions of all policies in their order
-- $policy text: the policy's id
-- $year integer: the year
select
    c.version_no,
    c.calendar,
    h.holiday_on,
    h.name,
from calendar_holidays h
join calendars c using (calendar_no)
join policy_versions v using (version_no)
where v.policy = $policy and year(h.holiday_on) = $year
order by c.version_no, c.calendar, h.holiday_on
