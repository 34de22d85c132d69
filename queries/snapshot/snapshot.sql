-- One row: the build, its as-of and built_at instants (UTC), and every file that it was made from.
-- Parameters: $as_of, $built_at, $timezone, $timezone_is_assumed, $default_policy, $duckdb_version, $holidays_version, $tzdata_version.
create table snapshot as
select
    $as_of::timestamp as as_of,
    $built_at::timestamp as built_at,
    $timezone::varchar as timezone,
    $timezone_is_assumed::boolean as timezone_is_assumed,
    $default_policy::varchar as default_policy,
    $duckdb_version::varchar as duckdb_version,
    $holidays_version::varchar as holidays_version,
    $tzdata_version::varchar as tzdata_version,
    (
        select list({
            'file': file, 'sha256': sha256, 'rows_read': rows_read, 'rows_accepted': rows_accepted, 'rows_rejected': rows_rejected,
        } order by file_no)
        from source_files
    ) as source_files,
    (select list({'file': file, 'sha256': sha256, 'policy': policy} order by file) from policy_files) as policy_files;
