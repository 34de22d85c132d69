-- Policies under which an account was measured
-- Grain: one row per policy that has clocks of the account, the one with the most clocks in the period first; '' where its tickets name none
-- Units: counts of clocks of the account that count in the period, and in the one before (rule 9); instants UTC; valid_from_on in the reporting time
--     zone, of the version in force at the end of the period; the tickets with a history are those of the policy
-- $account text: the account
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $before_first_on date: first day of the period before
-- $before_last_on date: last day of the period before
-- $language text, optional: language of the names, such as 'pt-BR'; else English
with policies_of_account as (
    select
        policy,
        clocks_count as ever_count,
    from scope_values
    where dimension = 'account' and value = $account
),
counted as (
    select
        coalesce(policy, '') as policy,
        count(*) filter (counted_on >= $first_on) as clocks_count,
        count(*) filter (counted_on <= $before_last_on) as before_clocks_count,
    from clock_facts
    where account = $account and counted_on between $before_first_on and $last_on
    group by all
),
versions as (
    select *
    from policy_versions
    where policy in (select policy from policies_of_account)
    qualify row_number() over (
        partition by policy
        order by
            coalesce(valid_from_at < ($last_on::timestamp + interval 1 day) at time zone reporting_timezone at time zone 'UTC', true) desc,
            valid_from_at desc nulls last
    ) = 1
),
files as (
    select
        lower(trim(policy)) as policy_key,
        list(file order by file) as files,
        list(sha256 order by file) as sha256s,
    from policy_files
    group by all
)
select
    p.policy,
    coalesce(in_language(v.names, $language), p.policy) as name,
    in_language(v.sources, $language) as source,
    v.objective,
    coalesce(v.reporting_timezone, 'UTC') as timezone,
    timezone(v.reporting_timezone, timezone('UTC', v.valid_from_at))::date as valid_from_on,
    coalesce(f.files, []) as files,
    coalesce(f.sha256s, []) as sha256s,
    coalesce(c.clocks_count, 0) as clocks_count,
    coalesce(c.before_clocks_count, 0) as before_clocks_count,
    m.tickets_with_messages_count,
    m.tickets_with_statuses_count,
    m.tickets_with_regradings_count,
from policies_of_account p
join measured_policies m using (policy)
left join versions v using (policy)
left join counted c using (policy)
left join files f on f.policy_key = lower(trim(p.policy))
order by coalesce(c.clocks_count, 0) desc, p.ever_count desc, p.policy
