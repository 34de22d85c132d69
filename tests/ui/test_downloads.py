"""Every file that a page hands over is made outside of a run of the page, as Streamlit makes it for whoever asks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


@pytest.mark.parametrize("page", ["satisfaction", "breaches", "week", "workload"])
def test_every_file_of_a_page_can_be_made_once_the_page_was_drawn(
    opened: Open, sample: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    made: dict[str, Any] = {}
    app = opened(sample)
    monkeypatch.setattr(st, "download_button", lambda label, data, **other: made.update({other["key"]: data}))
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception, app.exception
    later = [data for data in made.values() if callable(data)]
    assert later
    with ThreadPoolExecutor(1) as pool:
        for data in later:
            assert pool.submit(data).result().startswith(b"\xef\xbb\xbf")
