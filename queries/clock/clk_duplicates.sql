-- One row a ticket that is a duplicate by its subject (D12): a ticket under a same_subject version at whose creation an earlier ticket of the same
-- policy, requester and subject was not solved, the earlier one being no duplicate itself, nor merged, excluded or solved nobody knows when.
-- Looks at one requester's tickets at a time.
create or replace temp table clk_duplicates as
with recursive candidates as materialized (
    select
        clk_tickets.ticket_no,
        clk_tickets.created_at,
        row_number() over same_subject as position,
        first_value(clk_tickets.ticket_no) over same_subject as group_no,
        not clk_tickets.is_merged
            and not clk_tickets.is_tagged_duplicate
            and coalesce(clk_tickets.status_class, clk_solves.status_class, 'open') not in ('excluded', 'duplicate')
            and not (coalesce(clk_tickets.status_class, 'open') = 'solved' and not coalesce(clk_solves.is_solved, false)) as is_eligible,
        clk_policy_versions.duplicates is not null as is_judged,
    from clk_tickets
    join tickets using (ticket_no)
    join clk_policy_versions on clk_policy_versions.version_no = clk_tickets.words_version_no
    left join clk_solves using (ticket_no)
    where clk_tickets.policy_key in (select policy_key from clk_policy_versions where duplicates = 'same_subject')
    window same_subject as (
        partition by clk_tickets.policy_key, lower(trim(tickets.requester)), lower(trim(tickets.subject))
        order by clk_tickets.created_at, clk_tickets.ticket_id
    )
    qualify count(*) over (partition by clk_tickets.policy_key, lower(trim(tickets.requester)), lower(trim(tickets.subject))) > 1
        and nullif(trim(tickets.requester), '') is not null and nullif(trim(tickets.subject), '') is not null
),
open_pairs as materialized (
    select
        later.ticket_no,
        list(earlier.ticket_no) as open_earlier,
    from candidates as later
    join candidates as earlier on earlier.group_no = later.group_no and earlier.position < later.position and earlier.is_eligible
    where later.is_judged and not exists (
        from clk_statuses
        where clk_statuses.ticket_no = earlier.ticket_no and clk_statuses.is_solved
            and clk_statuses.from_at <= later.created_at
            and (clk_statuses.until_at is null or clk_statuses.until_at > later.created_at)
    )
    group by later.ticket_no
),
judged as (
    select
        group_no,
        position,
        ticket_no,
        false as is_duplicate,
        [ticket_no] as originals,
    from candidates
    where position = 1
    union all
    select
        candidates.group_no,
        candidates.position,
        candidates.ticket_no,
        list_has_any(judged.originals, coalesce(open_pairs.open_earlier, [])) as is_duplicate,
        case when list_has_any(judged.originals, coalesce(open_pairs.open_earlier, []))
            then judged.originals
            else list_append(judged.originals, candidates.ticket_no)
        end as originals,
    from judged
    join candidates on candidates.group_no = judged.group_no and candidates.position = judged.position + 1
    left join open_pairs on open_pairs.ticket_no = candidates.ticket_no
)
select ticket_no
from judged
where is_duplicate;
