-- Grain: a row of an accounts file. valid_from in UTC; problem: why the row is not accepted, or null.
-- latest_at: the last instant that can be true, or null.
create or replace temp table stg_account_rows as
with texts as (
    select
        files.file_no,
        raw_accounts.rowid - files.first_place + 1 as row_no,
        files.dates,
        files.timezone as file_timezone,
        as_text(account) as account,
        as_text(name) as name,
        as_text(plan) as plan,
        as_text(policy) as policy,
        as_text(manager) as manager,
        as_text(language) as language,
        as_text(raw_accounts.timezone) as timezone,
        as_text(valid_from) as valid_from_text,
    from raw_accounts
    inner join intake_files as files using (file_no)
),
typed as (
    select *, as_instant(valid_from_text, dates, file_timezone) as valid_from from texts
)
select
    * exclude (dates, file_timezone, valid_from_text),
    coalesce(
        case when account is null then 'account is missing: expected a text' end,
        instant_problem('valid_from', valid_from_text, valid_from, dates, $latest_at::timestamp)
    ) as problem,
from typed
