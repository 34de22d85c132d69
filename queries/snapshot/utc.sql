-- Every zone-less reading of a clock in this database is UTC.
set global TimeZone = 'UTC';
