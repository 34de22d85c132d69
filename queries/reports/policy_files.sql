-- Policy files that the snapshot was built with
-- Grain: one row per policy file, in the order of file names
-- Units: text is the file as it was read; sha256 is of its bytes
select
    file,
    policy,
    sha256,
    text,
from policy_files
order by file
