-- One row a policy file that the snapshot was built with, in the order of file names, with its text.
select
    file,
    text,
from policy_files
order by file;
