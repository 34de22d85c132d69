-- One row: how many tickets are measured by their numbers, and how many by requester because their policy knows duplicates by subject.
select
    count(*) filter (by_subject.policy_key is null) as by_number_count,
    count(*) filter (by_subject.policy_key is not null) as by_subject_count,
from tickets
left join (select distinct lower(trim(policy)) as policy_key from policy_versions where duplicates is not null) as by_subject
    on by_subject.policy_key = lower(trim(tickets.policy));
