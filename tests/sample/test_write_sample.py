"""The invented exports: repeatable to the byte, shaped as the standard export, with every case a rule speaks of."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sla.errors import Refused
from sla.sample import DEFAULT_END, export, write_sample
from sla.sample.words import STATUSES

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
COLUMNS = {
    "tickets": "ticket_id created_at severity plan status policy account agent team channel subject requester "
    "opened_by acknowledged_at first_reply_at solved_at closed_at updated_at merged_into tags",
    "events": "ticket_id at kind by author public value seq",
    "ratings": "ticket_id rated_at score scale_min scale_max comment offered_at",
    "accounts": "account name plan policy manager language timezone valid_from",
    "agents": "agent name team timezone",
}
Rows = list[dict[str, str]]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def sample(folder: Path, tickets: int, seed: int, processes: int = 1) -> dict[str, bytes]:
    write_sample(tickets, seed, folder, processes=processes)
    return files(folder)


def table(name: str) -> Rows:
    with (SAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tickets() -> Rows:
    return table("tickets")


@pytest.fixture(scope="module")
def events() -> Rows:
    return table("events")


@pytest.fixture(scope="module")
def policies(tickets: Rows) -> dict[str, str]:
    of_account = {row["account"]: row["policy"] for row in table("accounts")}
    return {row["ticket_id"]: of_account[row["account"]] for row in tickets}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    assert sample(tmp_path / "a", 60, 1) == sample(tmp_path / "b", 60, 1)


def test_another_seed_writes_other_bytes_into_every_file_but_the_agents(tmp_path: Path) -> None:
    first, second = sample(tmp_path / "a", 60, 1), sample(tmp_path / "b", 60, -1)
    assert [name for name in first if first[name] == second[name]] == ["agents.csv"]


def test_a_second_process_changes_no_byte(tmp_path: Path) -> None:
    many = export.BLOCK + 40  # two blocks
    assert sample(tmp_path / "a", many, 3, processes=1) == sample(tmp_path / "b", many, 3, processes=2)


def test_the_checked_in_sample_is_what_its_command_writes(tmp_path: Path) -> None:
    command = "python -m sla sample --tickets 4000 --seed 7 --out data/samples"
    assert command in (SAMPLES / "README.md").read_text(encoding="utf-8")
    written, kept = sample(tmp_path, 4000, 7), files(SAMPLES)
    assert [name for name in written | kept if written.get(name) != kept.get(name)] == []


def test_the_checked_in_sample_stays_under_three_megabytes() -> None:
    assert sum(len(text) for text in files(SAMPLES).values()) < 3_000_000


def test_every_file_has_the_columns_of_the_standard_export_and_full_rows() -> None:
    for name, columns in COLUMNS.items():
        with (SAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == columns.split(), name
        assert {len(row) for row in rows} == {len(header)}, name


def test_there_are_as_many_tickets_as_asked_for_each_under_its_own_id(tmp_path: Path) -> None:
    for wanted in (1, 24, 25, 333):
        sample(tmp_path, wanted, 5)
        with (tmp_path / "tickets.csv").open(encoding="utf-8", newline="") as file:
            assert len({row["ticket_id"] for row in csv.DictReader(file)}) == wanted


def instants() -> Iterator[tuple[str, str]]:
    columns = {"tickets": ("created_at", "updated_at"), "events": ("at",), "ratings": ("offered_at", "rated_at")}
    for name, wanted in columns.items():
        for row in table(name):
            yield from ((name, row[column]) for column in wanted if row[column])


def test_every_instant_lies_in_the_twenty_six_weeks_before_the_last_or_in_it() -> None:
    # Friday 20 November 2026 belongs to the week of Monday 16 November; 26 weeks before that lies Monday 18 May.
    found = [(datetime.strptime(at, "%Y-%m-%dT%H:%M:%S%z"), name) for name, at in instants()]
    assert min(found)[0] >= datetime(2026, 5, 18, tzinfo=UTC)
    assert max(found)[0] == DEFAULT_END == datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


def test_another_end_moves_the_whole_sample(tmp_path: Path) -> None:
    write_sample(200, 1, tmp_path, end=datetime(2026, 9, 2, 12, tzinfo=ZoneInfo("Europe/Lisbon")))
    with (tmp_path / "tickets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # Noon in Lisbon in summer is 11:00 UTC.
    assert max(row["updated_at"] for row in rows) == "2026-09-02T11:00:00Z"
    assert min(row["created_at"] for row in rows) >= "2026-03-02"


def test_events_belong_to_a_ticket_and_lie_between_its_creation_and_its_update(tickets: Rows, events: Rows) -> None:
    lives = {row["ticket_id"]: (row["created_at"], row["updated_at"]) for row in tickets}
    assert [row for row in events if not lives[row["ticket_id"]][0] <= row["at"] <= lives[row["ticket_id"]][1]] == []


def test_events_hold_only_the_words_of_the_contract(events: Rows) -> None:
    assert {row["kind"] for row in events} == {
        "message", "status", "severity", "plan", "assigned", "acknowledged", "merged",
    }  # fmt: skip
    assert {row["by"] for row in events} == {"customer", "agent", "system"}
    assert {(row["public"], row["kind"] == "message") for row in events} == {
        ("true", True), ("false", True), ("", False),
    }  # fmt: skip
    assert {row["seq"] for row in events} == {"", "1", "2"}


def test_a_tickets_columns_say_what_its_events_say(tickets: Rows, events: Rows) -> None:
    told: dict[str, dict[str, str]] = {row["ticket_id"]: {} for row in tickets}
    for row in events:
        mine = told[row["ticket_id"]]
        if row["kind"] == "message" and row["by"] == "agent" and row["public"] == "true":
            mine.setdefault("first_reply_at", row["at"])
        elif row["kind"] == "acknowledged":
            mine.setdefault("acknowledged_at", row["at"])
        elif row["kind"] == "status":
            mine["status"] = row["value"]
        elif row["kind"] in ("assigned", "merged"):
            mine["agent" if row["kind"] == "assigned" else "merged_into"] = row["value"]
    for row in tickets:
        mine = told[row["ticket_id"]]
        mine.setdefault("status", row["status"])
        for column in ("first_reply_at", "acknowledged_at", "status", "agent", "merged_into"):
            assert row[column] == mine.get(column, ""), (row["ticket_id"], column)


def test_ratings_belong_to_solved_tickets_and_stay_within_their_scale(tickets: Rows) -> None:
    known = {row["ticket_id"] for row in tickets}
    rows = table("ratings")
    assert all(row["ticket_id"] in known for row in rows)
    answered = [row for row in rows if row["score"]]
    assert all(int(row["scale_min"]) <= int(row["score"]) <= int(row["scale_max"]) for row in answered)
    assert all(row["offered_at"] < row["rated_at"] for row in answered)
    assert 0.2 < len(answered) / len(rows) < 0.6
    assert any("؀" < letter < "ۿ" for row in answered for letter in row["comment"])
    assert any("á" in row["comment"] for row in answered)


def test_all_four_policies_and_three_languages_take_part(policies: dict[str, str]) -> None:
    assert min(Counter(policies.values()).values()) > 400
    assert set(policies.values()) == {"vodlix", "liveagent", "zoom", "hosting"}
    assert {row["language"] for row in table("accounts")} == {"pt-BR", "ar", "en"}


def test_accounts_have_a_history_and_no_two_share_a_name() -> None:
    rows = table("accounts")
    codes = Counter(row["account"] for row in rows)
    assert 35 <= len(codes) <= 50
    assert max(codes.values()) >= 2
    assert len({row["name"] for row in rows}) == len(codes)
    assert len({(row["account"], row["valid_from"]) for row in rows}) == len(rows)


def test_every_kind_of_ticket_that_a_rule_speaks_of_is_there(tickets: Rows, events: Rows) -> None:
    statuses = {row["status"] for row in tickets}
    assert {"Spam", "بريد مزعج", "Aguardando resposta", "Em análise"} <= statuses
    assert sum(bool(row["merged_into"]) for row in tickets) > 10
    assert {row["opened_by"] for row in tickets} == {"", "agent", "system"}
    solved = {"Resolvido", "تم الحل", "Resolved", "Solved"}
    last: dict[str, str] = {}
    reopened, thanked, silent = 0, 0, 0
    for row in events:
        if row["kind"] == "status":
            was_solved = last.get(row["ticket_id"]) in solved
            reopened += was_solved and row["value"] in ("Em andamento", "قيد المعالجة", "Open")
            last[row["ticket_id"]] = row["value"]
        elif row["kind"] == "message" and row["by"] == "customer":
            thanked += last.get(row["ticket_id"]) in solved
    silent = sum(not row["first_reply_at"] and row["status"] in ("Novo", "New", "جديد") for row in tickets)
    assert 0.01 < reopened / len(tickets) < 0.08
    assert thanked > 100
    assert silent > 10


def test_two_unsolved_hosting_tickets_share_a_subject(tickets: Rows, policies: dict[str, str]) -> None:
    seen: dict[tuple[str, str], str] = {}
    doubles = 0
    for row in tickets:
        if policies[row["ticket_id"]] == "hosting":
            key = (row["requester"], row["subject"])
            doubles += key in seen and row["created_at"] < seen[key]
            seen[key] = row["solved_at"] or "9"
    assert doubles > 10


def test_the_bad_week_is_lisbons(tickets: Rows, events: Rows) -> None:
    burst = [row for row in tickets if row["subject"] == "Nenhum vídeo abre"]
    assert {row["account"] for row in burst} == {"V07"}
    assert {row["created_at"][:10] for row in burst} == {"2026-10-06"}
    assert len(burst) > 40
    working = {row["author"] for row in events if "2026-10-05" <= row["at"][:10] <= "2026-10-11"}
    # Six agents in the team; the three with the higher numbers are on leave.
    assert {name for name in working if name.startswith("lisbon")} == {"lisbon-1", "lisbon-2", "lisbon-3"}


def words_of(policy: dict[str, object], kind: str) -> set[str]:
    statuses = policy.get("statuses", {})
    assert isinstance(statuses, dict)
    return {word.strip().casefold() for word in statuses.get(kind, [])}


def test_the_status_words_are_those_of_the_policies() -> None:
    found = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "data" / "policies").glob("*.toml")]
    by_id = {policy["id"]: policy for policy in found}
    for (code, language), (_, _, waiting, solved, closed, spam) in STATUSES.items():
        policy = by_id[code]
        assert waiting.casefold() in words_of(policy, "waiting"), (code, language)
        assert {solved.casefold(), closed.casefold()} <= words_of(policy, "solved"), (code, language)
        assert spam.casefold() in words_of(policy, "excluded"), (code, language)


@pytest.mark.parametrize(
    ("tickets", "end", "says"),
    [(0, DEFAULT_END, "at least 1 ticket, not 0"), (9, datetime(2026, 11, 20), "has no offset")],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(
    tmp_path: Path, tickets: int, end: datetime, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        write_sample(tickets, 1, tmp_path / "new", end=end)
    assert not (tmp_path / "new").exists()


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="is a file"):
        write_sample(9, 1, tmp_path / "file")
