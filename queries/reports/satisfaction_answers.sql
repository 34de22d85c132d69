-- Answers and comments in a period
-- Grain: one row per answer, or comment without a score, the newest first; at most $most of them
-- Units: all_count counts those there are, whatever $most; instants in the reporting time zone; targets, first_response and resolution are 'met',
--     'breached' or null where nothing is decided
-- $search text, optional: comments with every one of these words only, whatever their case and marks
-- $verdict text, optional: 'positive' or 'negative' answers only
-- $targets text, optional: tickets whose targets are 'met', or 'breached', only
-- $promise text, optional: 'first_response' or 'resolution': $targets speaks of that metric's clocks alone
-- $from_score number, optional: answers of a row of satisfaction_scores only, which these four say; its from_score
-- $to_score number, optional: its to_score
-- $scale_min number, optional: its scale_min
-- $scale_max number, optional: its scale_max
-- $unnamed text, optional: severity, plan, team or account: tickets without one only
-- $are_all text, optional: 'all': also answers without a comment
-- $most integer, optional: how many rows at most
-- $language text, optional: language of the names, such as 'pt-BR'; else English
-- $policy text: the policy's id, '' for tickets that name none
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $severity text, optional: this severity's tickets only
-- $plan text, optional: this plan's tickets only
-- $account text, optional: this account's tickets only
-- $manager text, optional: tickets of the accounts of this manager only
-- $team text, optional: this team's tickets only
-- $channel text, optional: this channel's tickets only
with wanted as (
    select string_split_regex(trim(lower(strip_accents($search))), '\s+') as words
),
matching as materialized (
    select
        ticket_no,
        coalesce(rated_at, offered_at) as given_at,
    from scoped_ratings($policy, $first_on, $last_on, $severity, $plan, $account, $manager, $team, $channel)
    cross join wanted
    where reason is null
        and (comment is not null or ($are_all = 'all' and is_answered))
        and ($verdict::varchar is null or is_positive = ($verdict = 'positive'))
        and (
            $targets::varchar is null
            or case $promise when 'first_response' then first_response when 'resolution' then resolution else targets end = $targets
        )
        and (
            $from_score::double is null
            or (
                scale_min = $scale_min
                and scale_max = $scale_max
                and score >= $from_score - 1e-9
                and case when $to_score in ($from_score, $scale_max) then score <= $to_score + 1e-9 else score < $to_score - 1e-9 end
            )
        )
        and (
            $unnamed::varchar is null
            or case $unnamed when 'severity' then severity when 'plan' then plan when 'team' then team else account end is null
        )
        and (
            $search::varchar is null
            or list_bool_and(list_transform(words, lambda word: contains(lower(strip_accents(comment)), word)))
        )
),
newest as (
    select *
    from matching
    order by given_at desc, ticket_no
    limit $most
),
found as (
    select
        rated_tickets.*,
        newest.given_at,
        (select count(*) from matching) as all_count,
    from newest
    join rated_tickets using (ticket_no)
)
select
    found.ticket_id,
    found.all_count,
    found.is_answered,
    found.is_positive,
    found.score,
    found.scale_min,
    found.scale_max,
    found.comment,
    timezone(coalesce(versions.reporting_timezone, 'UTC'), timezone('UTC', found.given_at)) as given_local,
    timezone(coalesce(versions.reporting_timezone, 'UTC'), timezone('UTC', found.offered_at)) as offered_local,
    coalesce(in_language(severities.names, $language), found.severity) as severity,
    coalesce(in_language(plans.names, $language), found.plan) as plan,
    coalesce(accounts_now.name, found.account) as account,
    found.team,
    found.channel,
    found.targets,
    found.first_response,
    found.resolution,
from found
left join policy_versions as versions using (version_no)
left join policy_severities as severities on severities.version_no = found.version_no and severities.severity = found.severity
left join policy_plans as plans on plans.version_no = found.version_no and plans.plan = found.plan
left join accounts_now on accounts_now.account = found.account
order by found.given_at desc, found.ticket_no
