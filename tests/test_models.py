from pathlib import Path

import duckdb
import pytest

from sla.errors import Refused
from sla.models import model_order, run_models


def write(folder: Path, **models: str) -> Path:
    for name, text in models.items():
        (folder / f"{name}.sql").write_text(text, encoding="utf-8")
    return folder


def test_a_model_runs_after_the_models_it_names(tmp_path: Path) -> None:
    write(tmp_path, a="create table a as select n + 1 as n from b", b="create table b as select $start::int as n")
    con = duckdb.connect()
    assert run_models(con, tmp_path, {"start": 1, "unused": 5}) == ["b", "a"]
    assert con.execute("select n from a").fetchall() == [(2,)]  # 1 + 1


def test_names_in_comments_and_texts_are_no_dependency() -> None:
    assert model_order({"a": "select 'b' -- b\n /* b */", "b": "from a"}) == ["a", "b"]


def test_models_that_wait_for_each_other_are_refused_by_name() -> None:
    with pytest.raises(Refused, match=r"a\.sql.*b\.sql|b\.sql.*a\.sql"):
        model_order({"a": "from b", "b": "from a"})


def test_a_parameter_nobody_gave_is_refused_by_name(tmp_path: Path) -> None:
    write(tmp_path, a="create table a as select $as_of as n")
    with pytest.raises(Refused, match=r"a\.sql asks for \$as_of"):
        run_models(duckdb.connect(), tmp_path, {})


def test_a_dollar_sign_in_a_text_is_no_parameter(tmp_path: Path) -> None:
    write(tmp_path, a="create table a as select '$as_of' as n")
    con = duckdb.connect()
    run_models(con, tmp_path, {"as_of": 1})
    assert con.execute("from a").fetchall() == [("$as_of",)]


def test_a_folder_without_models_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no model"):
        run_models(duckdb.connect(), tmp_path, {})
