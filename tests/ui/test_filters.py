"""The frame's filters: they stand in the link with resolved days, and a link sets them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from sla import snapshot
from sla.ui.filters import DEFAULT_METRIC, SCOPE
from sla.ui.scope import NO_POLICY, Period, Scope
from sla.words import LANGUAGES, words
from tests.store.small_desk import AS_OF, POLICIES, write_small_desk
from tests.ui.test_weekly_page import lead_of, page_html, page_text

Open = Callable[..., AppTest]
PAGES = ("week", "attainment", "breaches", "satisfaction", "workload", "review", "ticket", "definitions")


def scope_of(app: AppTest) -> Scope:
    found: Scope = app.session_state[SCOPE]
    return found


def _unmarked(text: str) -> str:
    """Without the marks that keep Arabic in order, as page_html gives it."""
    return re.sub("[\u2066-\u2069]", "", text)


def test_a_link_sets_every_filter(opened: Open, desk: Path) -> None:
    link = {"policy": "desk", "severity": "1", "plan": "A", "account": "X", "team": "Blue"}
    app = opened(desk, **link)
    assert scope_of(app).filters == link | {"manager": None, "channel": None}
    assert {name: app.query_params[name] for name in link} == link


def test_tickets_that_name_no_policy_can_stand_in_a_link(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(POLICIES["desk"], "utf-8")
    export = tmp_path / "tickets.csv"
    export.write_text("ticket_id,created_at,policy\nA,2026-01-12T09:00:00Z,desk\nB,2026-01-12T10:00:00Z,\n", "utf-8")
    folder = tmp_path / "snapshots"
    snapshot.build([export], policies=tmp_path, out=folder, as_of=AS_OF)
    app = opened(folder, policy="desk")
    app.selectbox(key="policy").set_value("").run()
    assert app.query_params["policy"] == NO_POLICY
    assert dict(parse_qsl(scope_of(app).link("breaches", "en").partition("?")[2]))["policy"] == NO_POLICY
    assert scope_of(opened(folder, policy=NO_POLICY)).filters["policy"] == ""


def test_a_filter_that_the_policy_does_not_know_is_passed_over_with_a_word(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="desk", severity="9", account="nobody")
    assert scope_of(app).severity is None
    assert scope_of(app).account is None
    assert not {"severity", "account"} & set(app.query_params)
    said = "The link asks for Severity “9” and Account “nobody”, which is not there"
    assert said in page_text(app)
    assert said in page_text(app.run())  # it stays while these numbers do
    app.selectbox(key="week").set_value("2025-12-29").run()
    assert said not in page_text(app)


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ({"policy": "nobody"}, "Policy “nobody”"),
        ({"period": "decade"}, "Period “decade”"),
        ({"week": "2031-01-06"}, "Week “2031-01-06”"),
        ({"period": "dates", "from": "2026-01-05", "to": "2026-02-30"}, "Own dates “2026-02-30”"),
        ({"period": "dates", "from": "0001-01-01", "to": "9999-12-31"}, "Own dates “9999-12-31”"),
        ({"team": "<script>alert(1)</script>"}, "Team “<script>alert(1)</script>”"),
        ({"team": "x" * 5000}, f"Team “{'x' * 80}”"),
    ],
)
def test_whatever_a_link_asks_for_in_vain_is_named_and_never_an_error(
    opened: Open, desk: Path, link: dict[str, str], named: str
) -> None:
    app = opened(desk, **{"policy": "desk", **link})
    assert named in page_text(app)
    assert "<script>alert" not in page_html(app)


@pytest.mark.parametrize(
    "link",
    [
        {"severity": "1", "team": "Red", "period": "month", "month": "2026-01-01"},
        {"period": "dates", "from": "20260105", "to": "2026-01-11"},
        {"severity": ""},
    ],
)
def test_a_link_that_is_kept_is_shown_without_a_word(opened: Open, desk: Path, link: dict[str, str]) -> None:
    assert "The link asks for" not in page_text(opened(desk, policy="desk", **link))


@pytest.mark.parametrize(
    ("link", "period", "codes"),
    [
        (
            {"period": "month", "month": "2026-01-01"},
            Period("month", date(2026, 1, 1), date(2026, 1, 31)),
            {"period": "month", "month": "2026-01-01"},
        ),
        (
            {"period": "month"},  # as of 14 January: December is the last whole month
            Period("month", date(2025, 12, 1), date(2025, 12, 31)),
            {"period": "month", "month": "2025-12-01"},
        ),
        (
            {"period": "quarter"},
            Period("quarter", date(2025, 10, 1), date(2025, 12, 31)),
            {"period": "quarter", "quarter": "2025-10-01"},
        ),
        (
            {"period": "dates", "from": "2026-01-06", "to": "2026-01-07"},
            Period("dates", date(2026, 1, 6), date(2026, 1, 7)),
            {"period": "dates", "from": "2026-01-06", "to": "2026-01-07"},
        ),
        (
            {"period": "dates", "from": "yesterday", "to": "2026-01-07"},  # the four weeks to the as-of instant instead
            Period("dates", date(2025, 12, 18), date(2026, 1, 14)),
            {"period": "dates", "from": "2025-12-18", "to": "2026-01-14"},
        ),
        (
            {"period": "week", "week": "2026-01-06"},  # no Monday: the last whole week instead
            Period("week", date(2026, 1, 5), date(2026, 1, 11)),
            {"period": "week", "week": "2026-01-05"},
        ),
    ],
)
def test_a_link_sets_the_period_and_names_its_days(
    opened: Open, desk: Path, link: dict[str, str], period: Period, codes: dict[str, str]
) -> None:
    app = opened(desk, policy="desk", **link)
    assert scope_of(app).period == period
    assert {name: app.query_params[name] for name in codes} == codes


def test_an_other_kind_of_period_takes_the_days_of_the_last_one_out_of_the_link(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="desk", week="2026-01-05")
    app.selectbox(key="period").set_value("month").run()
    assert "week" not in app.query_params
    assert app.query_params["month"] == "2025-12-01"
    app.selectbox(key="period").set_value("week").run()
    assert app.query_params["week"] == "2026-01-05"  # as it was before
    assert "month" not in app.query_params


@pytest.mark.parametrize("page", PAGES)
def test_filters_stay_when_the_page_changes(opened: Open, desk: Path, page: str) -> None:
    app = opened(desk, policy="desk", week="2025-12-29", account="X", severity="1")
    chosen = scope_of(app)
    assert chosen.account == "X"
    assert scope_of(go(app, page)) == chosen
    assert (app.query_params["account"], app.query_params["week"]) == ("X", "2025-12-29")
    assert scope_of(go(app, "week")) == chosen


def test_a_filter_that_a_link_does_not_name_is_let_go(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="desk", week="2025-12-29")
    before = dict(app.query_params)
    assert scope_of(go(app, "review", **before, account="X", severity="1")).severity == "1"
    chosen = scope_of(go(app, "breaches", **before, account="X"))  # all breaches of the account that it reviews
    assert (chosen.account, chosen.severity) == ("X", None)
    back = scope_of(go(app, "week", **before))
    assert (back.account, back.severity) == (None, None)
    assert app.query_params == before
    app.selectbox(key="period").set_value("month").run()
    assert scope_of(app).account is None


def test_a_filter_that_was_just_chosen_stands_though_the_link_does_not_name_it_yet(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="desk", week="2025-12-29")
    app.session_state["severity"] = "1"  # as the box has it when its run begins
    assert scope_of(app.run()).severity == "1"
    assert app.query_params["severity"] == "1"


def go(app: AppTest, page: str, **link: str) -> AppTest:
    """Opens another page by the navigation, which clears the link, or by the browser's way back to a link."""
    app.query_params.clear()
    app.switch_page(f"pages/{page}.py")
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def metric_shown(app: AppTest) -> str:
    """The metric chosen, which the box and the link must agree on; empty for all of them."""
    shown = str(app.selectbox(key="metric").value)
    linked = [app.query_params[name] for name in ("metric", DEFAULT_METRIC) if name in app.query_params]
    assert linked == ([shown] if shown else [])
    return shown


def test_a_metric_that_nobody_chose_does_not_bind_the_next_page(opened: Open, sample: Path) -> None:
    app = opened(sample, policy="liveagent")
    assert metric_shown(app) == "first_response"
    for page, metric in [("breaches", ""), ("attainment", "first_response"), ("breaches", "")]:
        assert metric_shown(go(app, page)) == metric
        assert metric_shown(app.run()) == metric  # whatever is asked next


def test_a_metric_that_the_reader_chose_holds_on_every_page(opened: Open, sample: Path) -> None:
    app = opened(sample, policy="liveagent")
    app.selectbox(key="metric").set_value("next_response").run()
    for page in ("breaches", "satisfaction", "attainment", "breaches"):
        go(app, page).run()
        assert page == "satisfaction" or metric_shown(app) == "next_response"
    # also where it is the one that stands there by itself
    go(app, "week").selectbox(key="metric").set_value("first_response").run()
    assert metric_shown(go(app, "breaches")) == "first_response"
    app.selectbox(key="metric").set_value("").run()
    assert metric_shown(go(app, "week")) == "first_response"
    assert metric_shown(go(app, "breaches")) == ""


def test_a_metric_in_a_link_holds_on_the_next_page_and_on_the_way_back(opened: Open, sample: Path) -> None:
    app = opened(sample, policy="liveagent", metric="first_response")
    assert metric_shown(go(app, "breaches")) == "first_response"
    app = opened(sample, policy="liveagent")
    assert metric_shown(go(app, "breaches", policy="liveagent", metric="first_response")) == "first_response"
    assert metric_shown(app.run()) == "first_response"


def test_a_default_in_a_link_shows_the_same_and_binds_no_other_page(opened: Open, sample: Path) -> None:
    link = dict(opened(sample, policy="liveagent").query_params)
    assert link[DEFAULT_METRIC] == "first_response"
    again = opened(sample, **link)  # the page loaded again, or the link copied
    assert metric_shown(again) == "first_response"
    assert metric_shown(go(again, "breaches")) == ""
    # a default that has moved since: the link says which it was
    moved = opened(sample, **link | {DEFAULT_METRIC: "next_response"})
    assert metric_shown(moved) == metric_shown(moved.run()) == "next_response"
    assert metric_shown(go(moved, "week")) == "first_response"
    assert metric_shown(go(moved, "breaches")) == ""
    back = go(moved, "week", policy="liveagent", **{DEFAULT_METRIC: "next_response"})
    assert metric_shown(back) == "next_response"  # by the browser's way back


@pytest.fixture(scope="session")
def a_month_later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small desk a month later: R0 was answered too late, Z0 came and waits. Nothing of before was corrected."""
    folder, reply = (
        tmp_path_factory.mktemp("later"),
        f"R0,{AS_OF + timedelta(days=9):%Y-%m-%dT%H:%M:%SZ},message,agent,ann,",
    )
    later = AS_OF + timedelta(days=30)
    export, policies = write_small_desk(folder, also=later - timedelta(hours=1), more_events=[reply])
    snapshot.build([export], policies=policies, out=folder / "snapshots", as_of=later)
    return folder / "snapshots"


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [
        ("week", None, "due.title"),
        ("attainment", None, "period_clocks.title"),
        ("breaches", "breached.title", "at_risk.title"),
        ("review", "review.part.promises", "review.part.open"),
        ("workload", None, None),
    ],
)
def test_a_copied_link_shows_the_same_numbers_a_month_later(
    opened: Open, desk: Path, a_month_later: Path, page: str, first: str | None, last: str | None
) -> None:
    """All of a page but what it tells as of now: what runs, is open or waits, and how long at least a wait took."""

    def numbers(folder: Path, link: dict[str, str]) -> str:
        app = go(opened(folder, **link), page, **link)
        if page == "workload":
            return lead_of(app).partition(" tickets are open now")[0].rpartition(" ")[0]
        html = re.sub(
            r"<header class='masthead'>.*?</header>|<table class='plain waits'>.*?</table>", "", page_html(app)
        )
        html = html.partition(f">{words('en')(first)}</h2>")[2] if first else html
        html = html.partition(f">{words('en')(last)}</h2>")[0] if last else html
        charts = [chart.proto.spec for chart in app.get("plotly_chart")] if page in ("week", "attainment") else []
        return "\n".join([html, *charts])

    account = {"account": "X"} if page == "review" else {}
    copied = dict(go(opened(desk, **account), page, **account).query_params)
    assert (copied["week"], copied["policy"]) == ("2026-01-05", "desk")
    then = numbers(desk, copied)
    assert re.search(r"\b(9 of 12|L0|12 tickets arrived)\b", then)
    assert opened(a_month_later).query_params["week"] == "2026-02-02"  # the last that is over, which no link asks for
    assert numbers(a_month_later, copied) == then


def test_a_search_in_breaches_is_not_one_in_comments(opened: Open, sample: Path) -> None:
    app = go(opened(sample, policy="liveagent"), "breaches", policy="liveagent", search="refund")
    assert app.text_input(key="search").value == "refund"
    assert go(app, "satisfaction").text_input(key="search of comments").value == ""
    assert "search" not in app.query_params
    app.text_input(key="search of comments").set_value(" thank  you ").run()
    assert app.query_params["search"] == "thank you"
    assert go(app, "breaches").text_input(key="search").value == "refund"
    assert go(app, "satisfaction", search="slow").text_input(key="search of comments").value == "slow"


def test_a_filter_of_an_other_policy_is_let_go(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="desk", severity="1", account="X")
    app.selectbox(key="policy").set_value("bare").run()
    assert scope_of(app).account is None  # no ticket of that account has that policy
    assert scope_of(app).severity == "1"
    assert "account" not in app.query_params


def test_an_account_in_a_link_without_a_policy_brings_its_own(opened: Open, desk: Path) -> None:
    # X has tickets of the policy desk alone; Y has twenty of it and four of the policy bare
    for account in ("X", "Y"):
        chosen = scope_of(opened(desk, account=account))
        assert (chosen.policy["policy"], chosen.account) == ("desk", account)


def test_an_account_in_a_link_without_a_policy_is_not_that_of_the_first_policy(opened: Open, sample: Path) -> None:
    assert scope_of(opened(sample)).policy["policy"] == "liveagent"
    chosen = scope_of(opened(sample, account="V07"))
    assert (chosen.policy["policy"], chosen.account) == ("vodlix", "V07")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["week", "review"])
def test_an_account_of_another_policy_is_said_to_be_and_leads_there(
    opened: Open, desk: Path, page: str, language: str
) -> None:
    app = go(opened(desk, policy="bare", lang=language), page, policy="bare", account="X", severity="1")
    name = {"en": "The desk", "pt-BR": "A mesa", "ar": "المكتب"}[language]
    said = {
        "en": "X has nothing under the policy No promise, so no account is chosen.",
        "pt-BR": "X não tem nada sob a política No promise; por isso, nenhuma conta está escolhida.",
        "ar": "ليس لدى X شيء ضمن السياسة No promise، فلم يُختر أي حساب.",
    }[language]
    for run in (app, app.run()):  # and stays said while nothing else is asked
        assert scope_of(run).account is None
        assert said in page_text(run)
        own = re.findall(r"<a href='\?([^']*)' target='_self'>([^<]*)</a>", page_html(run))
        assert [label for _, label in own] == [_unmarked(words(language)("elsewhere.own", account="X", policy=name))]
        codes = dict(parse_qsl(unescape(own[0][0])))
        assert codes == run.query_params | {"policy": "desk", "account": "X"}
        assert codes["severity"] == "1"


def test_whoever_chooses_after_an_account_of_another_policy_is_heard(opened: Open, desk: Path) -> None:
    app = go(opened(desk), "review", policy="bare", account="X")
    app.selectbox(key="account asked for").select("Y").run()
    assert (scope_of(app).policy["policy"], scope_of(app).account) == ("bare", "Y")
    assert "nothing under the policy" not in page_text(app)
    assert app.query_params["account"] == "Y"
    app = go(opened(desk), "review", policy="bare", account="X")
    app.selectbox(key="policy").set_value("desk").run()  # under which the link's account is known
    assert scope_of(app).account == "X"
    assert "nothing under the policy" not in page_text(app)


def test_an_account_that_nobody_knows_leads_to_no_other_policy(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="bare", account="nobody")
    assert "Account “nobody”" in page_text(app)
    assert "nobody under" not in page_text(app)
    assert "account" not in app.query_params


def test_the_filters_that_hold_are_named(opened: Open, desk: Path) -> None:
    app = opened(desk, policy="desk", severity="1", team="Blue")
    labels = [block.proto.popover.label for block in app.get("popover")]
    assert [label for label in labels if "High" in label and "Blue" in label]
