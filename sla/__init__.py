"""SLA attainment from ticket exports: intake, policies, clocks, reports."""
