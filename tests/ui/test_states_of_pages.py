"""Every page in every state, in words: no policy file, one account, one ticket, nothing promised, nothing there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sla import snapshot
from sla.words import LANGUAGES, words
from tests.store.small_desk import AS_OF, POLICIES
from tests.ui.test_weekly_page import lead_of, page_html, page_text

Open = Callable[..., AppTest]
PAGES = ("week", "attainment", "breaches", "satisfaction", "workload", "review", "ticket", "definitions")
SAMPLE = {"week": "2026-10-05"}
STATES = {
    "one account": SAMPLE | {"policy": "vodlix", "account": "V07", "ticket": "T02985"},
    "nothing promised": SAMPLE | {"policy": "hosting", "account": "H01", "ticket": "T03402"},
    "no policy file": {"policy": "nobody", "account": "Y", "ticket": "B"},
    "no policy named": {"policy": "-", "account": "Z", "ticket": "C"},
    "one ticket": {"policy": "desk", "account": "X", "ticket": "A"},
    "nothing in the period": {
        "policy": "desk",
        "account": "X",
        "period": "dates",
        "from": "2024-01-01",
        "to": "2024-01-07",
    },
}


@pytest.fixture(scope="session")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three tickets: one of a policy that is there, one of a policy that nobody knows, one that names none."""
    folder = tmp_path_factory.mktemp("strangers")
    rows = ("A,2026-01-12T09:00:00Z,desk,X", "B,2026-01-12T09:00:00Z,nobody,Y", "C,2026-01-12T10:00:00Z,,Z")
    (folder / "tickets.csv").write_text("\n".join(["ticket_id,created_at,policy,account", *rows, ""]), "utf-8")
    (folder / "desk.toml").write_text(POLICIES["desk"], "utf-8")
    snapshot.build([folder / "tickets.csv"], policies=folder, out=folder / "out", as_of=AS_OF)
    return folder / "out"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_words_in_every_state(opened: Open, sample: Path, strangers: Path, page: str, state: str) -> None:
    language = LANGUAGES[(PAGES.index(page) + list(STATES).index(state)) % len(LANGUAGES)]
    query = STATES[state] | {"lang": language}
    app = opened(sample if "week" in query else strangers, **query)
    if page != "week":
        app.switch_page(f"pages/{page}.py").run()
    assert not app.exception, app.exception
    html = page_html(app)
    assert f"dir='{words(language).direction}' lang='{language}'" in html
    assert "<h1 class='lead'>" in html or page == "review"
    assert not re.search(r"\b(nan|NaN|None|NaT|inf)\b|[{}]", re.sub(r"style='[^']*'", "", html))
    if state in ("nothing promised", "nothing in the period") and page in ("week", "attainment", "breaches"):
        assert "%" not in lead_of(app)
    if state == "nothing in the period" and page in ("week", "attainment", "satisfaction", "review"):
        assert "%" not in re.sub(r"style='[^']*'|95\s?%", "", html)  # of the interval, in the rules


@pytest.mark.parametrize(("policy", "said"), [("nobody", "No policy file has “nobody”"), ("-", "name no policy")])
def test_a_policy_that_no_file_has_is_said_to_be_unknown(opened: Open, strangers: Path, policy: str, said: str) -> None:
    text = page_text(opened(strangers, policy=policy))
    assert said in text
    assert "left out: unknown policy" in text
    assert said not in page_text(opened(strangers, policy="desk"))
