"""What was said of a file goes along as a format file, and answers for the next export of that helpdesk."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.browser.glpi_export import glpi_export
from tests.ui.test_upload_page import choice, page_text, put_in, shown

Open = Callable[..., AppTest]

__all__ = ["shown"]


def saved(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files that the buttons of formats hand over on the page's next run, by their names."""
    made: dict[str, bytes] = {}
    button: Any = None

    def noted(label: str, data: Any, **other: Any) -> bool:
        if str(other.get("key", "")).startswith("upload format "):
            made[other["file_name"]] = data
        return bool(button(label, data, **other))

    button = st.download_button
    with monkeypatch.context() as patch:
        patch.setattr(st, "download_button", noted)
        app.run()
    assert not app.exception, app.exception
    return made


def test_columns_chosen_by_hand_are_kept_and_the_next_export_asks_nothing(
    shown: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = put_in(shown(), ("Exportação GLPI.csv", glpi_export()))
    assert saved(app, monkeypatch) == {}
    choice(app, "Solved").set_value(10).run()
    assert saved(app, monkeypatch) == {}  # the order of the dates is still to be said
    app.radio[0].set_value("dmy").run()
    choice(app, "Zone of times that are written without one").set_value("America/Sao_Paulo").run()
    [(name, text)] = saved(app, monkeypatch).items()
    told = tomllib.loads(text.decode())
    assert (name, told["dates"], told["timezone"]) == ("exportacao_glpi.toml", "dmy", "America/Sao_Paulo")
    assert told["files"][0]["columns"]["solved_at"] == ["Encerrado de fato em"]
    again = put_in(shown(), ("next.csv", glpi_export() + b"\r\n"), (name, text))
    assert "Recognised by its headers: Exportação GLPI, tickets" in page_text(again)
    assert choice(again, "Solved").value == 10
    assert "Which day is" not in " ".join(radio.label for radio in again.radio)
    assert "No time in these files lacks its zone" in page_text(again)
