-- Working data beyond $limit (such as 6GB) goes to the folder of spill_to.
set memory_limit = $limit;
