"""The columns and types of every table that policies leave in a snapshot; `queries/README.md` says what they mean."""

import pyarrow as pa

_TEXT = pa.string()
_TEXTS = pa.map_(pa.string(), pa.string())
_NUMBER = pa.int32()
_SECONDS = pa.int64()
_INSTANT = pa.timestamp("us")
_FLAG = pa.bool_()

SCHEMAS: dict[str, pa.Schema] = {
    "policy_files": pa.schema({"file": _TEXT, "sha256": _TEXT, "policy": _TEXT, "text": _TEXT}),
    "policy_versions": pa.schema(
        {
            "version_no": _NUMBER,
            "policy": _TEXT,
            "valid_from_at": _INSTANT,
            "valid_until_at": _INSTANT,
            "objective": pa.float64(),
            "default_plan": _TEXT,
            "default_calendar_no": _NUMBER,
            "reporting_timezone": _TEXT,
            "duplicates": _TEXT,
            "stops_on": _TEXT,
            "knows_all_severities": _FLAG,
            "knows_all_plans": _FLAG,
            "names": _TEXTS,
            "sources": _TEXTS,
        }
    ),
    "policy_severities": pa.schema({"version_no": _NUMBER, "severity": _TEXT, "position": _NUMBER, "names": _TEXTS}),
    "policy_plans": pa.schema({"version_no": _NUMBER, "plan": _TEXT, "position": _NUMBER, "names": _TEXTS}),
    "severity_words": pa.schema({"version_no": _NUMBER, "severity_key": _TEXT, "severity": _TEXT}),
    "plan_words": pa.schema({"version_no": _NUMBER, "plan_key": _TEXT, "plan": _TEXT}),
    "status_words": pa.schema({"version_no": _NUMBER, "status_key": _TEXT, "status_class": _TEXT}),
    "tag_words": pa.schema({"version_no": _NUMBER, "tag_key": _TEXT, "tag_class": _TEXT}),
    "targets": pa.schema(
        {
            "target_no": _NUMBER,
            "version_no": _NUMBER,
            "metric": _TEXT,
            "target_s": _SECONDS,
            "within": _TEXT,
            "calendar_no": _NUMBER,
            "stops_on": _TEXT,
            "pauses_on_waiting": _FLAG,
            "clauses": _TEXTS,
        }
    ),
    "target_pauses": pa.schema({"target_no": _NUMBER, "status_key": _TEXT}),
    "target_grid": pa.schema(
        {"version_no": _NUMBER, "metric": _TEXT, "severity": _TEXT, "plan": _TEXT, "target_no": _NUMBER}
    ),
    "readings": pa.schema({"version_no": _NUMBER, "reading_no": _NUMBER, "questions": _TEXTS, "chosen": _TEXTS}),
    "calendars": pa.schema(
        {"calendar_no": _NUMBER, "version_no": _NUMBER, "calendar": _TEXT, "timezone": _TEXT, "is_always": _FLAG}
    ),
    "calendar_holidays": pa.schema({"calendar_no": _NUMBER, "holiday_on": pa.date32(), "name": _TEXT}),
    "calendar_exceptions": pa.schema(
        {
            "calendar_no": _NUMBER,
            "reason": _TEXT,
            "shift_on": pa.date32(),
            "name": _TEXT,
            "from_at": _INSTANT,
            "until_at": _INSTANT,
        }
    ),
    "calendar_spans": pa.schema(
        {"calendar_no": _NUMBER, "opens_at": _INSTANT, "closes_at": _INSTANT, "open_before_s": _SECONDS}
    ),
}
