-- Takes away what NumPy gave back, so that it can be given back again.
drop table if exists open_seconds_of_numpy;
