"""Reports say in their first comment what they are and what they take."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from sla import catalog
from sla.errors import Refused

GOOD = """-- A title
-- Grain: one row per thing
--     and per other thing
-- Units: counts
-- $policy text: the policy
-- $week date, optional: a Monday
select '$literal' as text where $policy = 'a' and $week is null -- $remark
"""


def test_every_report_of_the_project_has_its_header_and_takes_what_it_says() -> None:
    for name, report in catalog.reports().items():
        # DuckDB's own reading of the parameters, in a file of macros and one query
        statement = duckdb.extract_statements(report.sql)[-1]
        assert statement.named_parameters == {parameter.name for parameter in report.parameters}, name


def test_a_header_gives_title_grain_units_and_parameters(tmp_path: Path) -> None:
    (tmp_path / "good.sql").write_text(GOOD)
    report = catalog.reports(tmp_path)["good"]
    assert (report.title, report.grain, report.units) == ("A title", "one row per thing and per other thing", "counts")
    assert [(one.name, one.kind, one.is_optional) for one in report.parameters] == [
        ("policy", "text", False),
        ("week", "date", True),
    ]


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (GOOD.replace("-- Units: counts\n", ""), "must give a title"),
        (GOOD.replace("$policy text:", "$policy word:"), "expected"),
        (GOOD.replace("-- $policy text: the policy\n", ""), "policy"),
        (GOOD.replace(" and $week is null", ""), "week"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(tmp_path: Path, broken: str, complaint: str) -> None:
    (tmp_path / "broken.sql").write_text(broken)
    with pytest.raises(Refused, match=complaint):
        catalog.reports(tmp_path)


def test_an_optional_parameter_left_out_is_null(tmp_path: Path) -> None:
    (tmp_path / "good.sql").write_text(GOOD)
    assert catalog.reports(tmp_path)["good"].bind({"policy": "a"}) == {"policy": "a", "week": None}


def test_a_missing_or_unknown_parameter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "good.sql").write_text(GOOD)
    report = catalog.reports(tmp_path)["good"]
    with pytest.raises(Refused, match="needs policy"):
        report.bind({})
    with pytest.raises(Refused, match="knows no colour"):
        report.bind({"policy": "a", "colour": "red"})


@pytest.mark.parametrize("name", ["no_such_report", "../clock/clk_facts", ""])
def test_a_report_that_is_not_there_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(Refused, match="week_attainment"):
        catalog.report(name)


def test_parameters_are_read_from_text() -> None:
    def read(kind: str, text: str) -> catalog.Value:
        return catalog.Parameter("it", kind, False, "").read(text)

    assert read("date", "2026-01-05") == date(2026, 1, 5)
    assert read("instant", "2026-01-05T09:00:00") == datetime(2026, 1, 5, 9)
    assert (read("integer", "10"), read("text", "10")) == (10, "10")
    with pytest.raises(Refused, match="must be a date such as"):
        read("date", "last week")
