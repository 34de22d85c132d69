-- One row a row of the CSV file $file, every column as text: the least that reading an export can cost.
select *
from read_csv($file, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"');
