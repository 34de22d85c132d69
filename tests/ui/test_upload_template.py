"""The template of the standard export: what it holds, in every language, can be read as it is."""

import io
import zipfile
from pathlib import Path

import pytest

from sla import snapshot
from sla.intake.formats import read_formats
from sla.ui.upload_template import EXAMPLES, FORMATS, template
from sla.words import LANGUAGES, words

STANDARD = {kind.kind: kind for kind in read_formats(FORMATS)["standard"].files}


def texts_of(language: str) -> dict[str, str]:
    """The text of each file of the template by its name without the folder."""
    with zipfile.ZipFile(io.BytesIO(template(words(language)))) as archive:
        return {Path(name).name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_its_headers_and_one_example(language: str) -> None:
    texts = texts_of(language)
    assert set(texts) == {f"{kind}.csv" for kind in STANDARD} | {words(language)("upload.template.readme")}
    for kind, told in STANDARD.items():
        headers, example = texts[f"{kind}.csv"].splitlines()
        assert headers.split(",") == list(told.columns)
        assert "example" in example.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_beside_the_tables_explains_every_column(language: str) -> None:
    readme = texts_of(language)[words(language)("upload.template.readme")]
    for kind in STANDARD.values():
        assert words(language)(f"upload.template.{kind.kind}") in readme
        for column in kind.columns:
            assert words(language)(f"upload.column.{column}") in readme


def test_the_template_can_be_put_in_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "template.zip").write_bytes(template(words("en")))
    built = snapshot.build([tmp_path / "template.zip"], out=tmp_path / "snapshots", default_policy="zoom")
    assert (built.rows_read, built.rows_rejected, built.tickets, built.events) == (5, 0, 1, 1)
    assert built.clocks > 0


def test_examples_are_of_columns_that_the_standard_export_has() -> None:
    assert all(set(row) <= set(STANDARD[kind].columns) for kind, row in EXAMPLES.items())
