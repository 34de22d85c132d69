"""SLA attainment from ticket exports: intake, policies, clocks, reports."""

import zoneinfo

# The tzdata package decides on every machine, not whatever the system ships: the snapshot names its version (rule 10).
zoneinfo.reset_tzpath(())
