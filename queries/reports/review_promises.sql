-- Promised and kept, clause by clause
-- Grain: one row per target that the version in force at the end of the period has for the account's plan, or that measured a clock of the account in the
--     period or in the one before; in the order of the policy file, the newest version first
-- Units: counts of clocks that fell due in the period; shares 0 to 1 (met of met and breached), null where none was decided; the interval is Wilson's at
--     95 %; the band is where the share can still end once every running clock is decided; target_s open seconds; change is null where either period has
--     under 10 decided; clause_no counts the targets of a version and metric from 1 in the order of the file; valid_from_on in the reporting time zone, null: since ever
-- $policy text: the policy's id
-- $account text: the account
-- $first_on date: first day of the period, in the reporting time zone
-- $last_on date: last day of the period
-- $before_first_on date: first day of the period before
-- $before_last_on date: last day of the period before
-- $language text, optional: language of the names and, where the document has it, of the clause; else English, else the document's
with counted as (
    select
        target_no,
        count(*) filter (counted_on >= $first_on and outcome = 'met') as met_count,
        count(*) filter (counted_on >= $first_on and outcome = 'breached') as breached_count,
        count(*) filter (counted_on >= $first_on and outcome = 'running') as running_count,
        count(*) filter (counted_on <= $before_last_on and outcome = 'met') as before_met_count,
        count(*) filter (counted_on <= $before_last_on and outcome = 'breached') as before_breached_count,
    from scoped_clocks($policy, $before_first_on, $last_on, null, null, $account, null, null, null)
    where outcome <> 'excluded' and target_no is not null and (counted_on >= $first_on or counted_on <= $before_last_on)
    group by target_no
),
in_force as (
    select version_no, default_plan
    from policy_versions
    where policy = $policy
        and coalesce(valid_from_at < ($last_on::timestamp + interval 1 day) at time zone reporting_timezone at time zone 'UTC', true)
    order by valid_from_at desc nulls last
    limit 1
),
plan_of_account as (
    select coalesce(w.plan, a.plan, f.default_plan) as plan
    from in_force f
    left join accounts_now a on a.account = $account
    left join plan_words w on w.version_no = f.version_no and w.plan_key = lower(trim(a.plan))
),
applicable as (
    select distinct target_no
    from target_grid
    where version_no = (select version_no from in_force)
        and (plan = '' or plan = (select plan from plan_of_account) or (select plan from plan_of_account) is null)
),
shown as (
    select target_no from applicable
    union
    select target_no from counted
),
promised_to as (
    select
        g.target_no,
        list(distinct {'position': s.position, 'name': coalesce(in_language(s.names, $language), g.severity)})
            filter (g.severity <> '') as severities,
        list(distinct {'position': p.position, 'name': coalesce(in_language(p.names, $language), g.plan)})
            filter (g.plan <> '') as plans,
    from target_grid g
    join shown using (target_no)
    left join policy_severities s on s.version_no = g.version_no and s.severity = g.severity
    left join policy_plans p on p.version_no = g.version_no and p.plan = g.plan
    group by g.target_no
),
numbered as (
    select
        target_no,
        row_number() over (partition by version_no, metric order by target_no) as clause_no,
    from targets
),
known as (
    select
        version_no,
        (select count(*) from policy_severities s where s.version_no = v.version_no) as severities_count,
        (select count(*) from policy_plans p where p.version_no = v.version_no) as plans_count,
    from policy_versions v
)
select
    t.target_no,
    o.clause_no,
    t.metric,
    timezone(v.reporting_timezone, timezone('UTC', v.valid_from_at))::date as valid_from_on,
    t.version_no = (select version_no from in_force) as is_in_force,
    coalesce(len(g.severities), 0) in (0, k.severities_count) as is_every_severity,
    list_transform(list_sort(coalesce(g.severities, [])), lambda one: one.name) as severities,
    coalesce(len(g.plans), 0) in (0, k.plans_count) as is_every_plan,
    list_transform(list_sort(coalesce(g.plans, [])), lambda one: one.name) as plans,
    in_language(t.clauses, $language) as clause,
    case
        when t.clauses[$language] is not null then $language
        when t.clauses['en'] is not null then 'en'
        else map_keys(t.clauses)[1]
    end as clause_language,
    t.target_s,
    t.within,
    t.stops_on,
    c.calendar,
    c.is_always,
    coalesce(n.met_count, 0) as met_count,
    coalesce(n.breached_count, 0) as breached_count,
    coalesce(n.met_count + n.breached_count, 0) as decided_count,
    coalesce(n.met_count + n.breached_count, 0) < 10 as is_too_few,
    share(n.met_count, n.met_count + n.breached_count) as share,
    wilson_low(n.met_count, n.met_count + n.breached_count) as share_low,
    wilson_high(n.met_count, n.met_count + n.breached_count) as share_high,
    coalesce(n.running_count, 0) as running_count,
    share(n.met_count, n.met_count + n.breached_count + n.running_count) as band_low,
    share(n.met_count + n.running_count, n.met_count + n.breached_count + n.running_count) as band_high,
    coalesce(n.before_met_count, 0) as before_met_count,
    coalesce(n.before_met_count + n.before_breached_count, 0) as before_decided_count,
    share(n.before_met_count, n.before_met_count + n.before_breached_count) as before_share,
    case when least(n.met_count + n.breached_count, n.before_met_count + n.before_breached_count) >= 10 then
        share(n.met_count, n.met_count + n.breached_count) - share(n.before_met_count, n.before_met_count + n.before_breached_count)
    end as change,
from shown
join targets t using (target_no)
join policy_versions v using (version_no)
join known k using (version_no)
join promised_to g using (target_no)
join numbered o using (target_no)
join calendars c using (calendar_no)
left join counted n using (target_no)
order by list_position(['first_response', 'next_response', 'periodic_update', 'resolution'], t.metric), t.version_no desc, t.target_no
