"""`python -m sla review` as somebody types it: files for one account or all, issued, made again; exit statuses."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sla import store
from sla.__main__ import main
from sla.review import command, forms, issuing, naming
from sla.review.pack import Pack
from tests.review.issued_desk import SECOND, SECOND_TICKETS, build
from tests.store.reviewed_desk import build_reviewed_desk

Run = Callable[..., tuple[int, list[str], str]]
JANUARY = ("--period", "2026-01", "--form", "text")


@pytest.fixture(autouse=True)
def text_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(forms.MODULES, "text", "tests.review.text_form")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs the command on the snapshots of the desk; gives status, the lines of output, and errors."""

    def _run(*words: str) -> tuple[int, list[str], str]:
        capsys.readouterr()
        places = ("--out", str(tmp_path / "packs"), "--snapshots", str(tmp_path / "snapshots"))
        try:
            status = main(["review", *words, *places])
        except SystemExit as error:
            status = int(error.code or 0)
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err

    return _run


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_reviewed_desk(tmp_path_factory.mktemp("reviewed"))


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Path:
    """A folder of snapshots with accounts X, who speaks Portuguese, and Y."""
    return Path(shutil.copytree(built, tmp_path / "snapshots"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "packs").iterdir())


def test_an_account_gets_its_files_in_its_own_language(run: Run, desk: Path, tmp_path: Path) -> None:
    status, out, err = run("--account", "conta exemplo", *JANUARY)
    assert (status, names(tmp_path)) == (0, ["review-X-2026-01-pt-BR.text"])
    assert out == [str(tmp_path / "packs" / "review-X-2026-01-pt-BR.text")]
    assert err.splitlines() == ["1 of 1: Conta Exemplo", "1 of 1 packs written, 0 failed."]
    text = Path(out[0]).read_text("utf-8")
    assert text.startswith("Conta Exemplo: janeiro de 2026\npack draft\n")
    assert "total/hours/first_response/decided_count 6\n" in text
    assert not (desk / "notes.sqlite").exists()  # nothing was issued


def test_days_and_language_can_be_given(run: Run, desk: Path, tmp_path: Path) -> None:
    days = ("--from", "2026-01-05", "--to", "2026-01-07")
    status, _, _ = run("--account", "Y", *days, "--language", "ar", "--form", "text")
    assert (status, names(tmp_path)) == (0, ["review-Y-2026-01-05-to-2026-01-07-ar.text"])


def test_one_bad_account_stops_no_other_and_the_status_tells(
    run: Run, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.review import text_form

    def text(pack: Pack) -> bytes:
        if pack.content.account == "X":
            raise ZeroDivisionError("of this account")
        return b"all right"

    monkeypatch.setattr(text_form, "text", text)
    status, out, err = run("--all", *JANUARY)
    assert (status, names(tmp_path), len(out)) == (1, ["review-Y-2026-01-en.text"], 1)
    assert "sla: Conta Exemplo: ZeroDivisionError: of this account\n" in err
    assert err.endswith("1 of 2 packs written, 1 failed.\n")


def test_a_form_that_cannot_be_made_here_refuses_alone(
    run: Run, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "needy_form.py"
    module.write_text("raise OSError('cannot load a library')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(forms.MODULES, "needy", "needy_form")
    status, _, err = run("--account", "Y", "--period", "2026-01", "--form", "needy,text")
    assert (status, names(tmp_path)) == (1, ["review-Y-2026-01-en.text"])
    assert "sla: The form needy cannot be made on this machine: cannot load a library.\n" in err
    status, _, err = run("--account", "Y", "--period", "2026-01", "--form", "needy")
    assert (status, "no form left" in err) == (1, True)


def test_a_pack_that_was_issued_is_made_again_byte_for_byte(run: Run, tmp_path: Path) -> None:
    build(tmp_path)
    status, out, err = run("--account", "X", *JANUARY, "--issue", "--who", "Ann Example")
    assert (status, names(tmp_path)) == (0, ["review-X-2026-01-en-pack1.text"])
    assert err.endswith("1 of 1 packs issued, 0 failed.\n")
    first = Path(out[0]).read_bytes()
    Path(out[0]).unlink()
    build(tmp_path, SECOND_TICKETS, SECOND)
    assert run("--account", "X", *JANUARY, "--issue", "--who", "Ann Example")[0] == 0
    status, again, err = run("--again", "1")
    assert (status, again, err) == (0, out, "")
    assert Path(again[0]).read_bytes() == first
    assert len({path.read_bytes() for path in (tmp_path / "packs").iterdir()}) == 2


def test_a_file_that_looks_another_way_than_it_did_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.review import text_form

    build(tmp_path)
    run("--account", "X", *JANUARY, "--issue", "--who", "Ann Example")
    monkeypatch.setattr(text_form, "text", lambda pack: b"a new look")
    status, _, err = run("--again", "1")
    assert (status, "The figures are those that were issued; the text file looks another way" in err) == (0, True)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--account", "X"),
        ("--account", "X", "--from", "2026-01-01"),
        ("--account", "X", "--all", "--period", "2026-01"),
        ("--account", "X", "--period", "2026-01", "--from", "2026-01-01", "--to", "2026-01-31"),
        ("--account", "X", "--period", "2026-Q5"),
        ("--account", "X", "--period", "2026-01", "--form", "docx"),
        ("--account", "X", "--period", "2026-01", "--form", ","),
        ("--account", "X", "--period", "2026-01", "--language", "fr"),
        ("--account", "X", "--period", "2026-01", "--issue"),
        ("--account", "X", "--from", "yesterday", "--to", "2026-01-31"),
        ("--again", "1", "--period", "2026-01"),
        ("--again", "1", "--who", "Ann Example"),
        ("--account", "X", "--period", "2026-01", "--who", "Ann Example"),
    ],
)
def test_wrong_usage_is_status_2(run: Run, desk: Path, words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--account", "nobody", *JANUARY), "No account nobody has clocks"),
        (("--account", "X", "--from", "2026-02-01", "--to", "2026-01-01", "--form", "text"), "before it begins"),
        (("--account", "X", *JANUARY, "--snapshot", "gone.duckdb"), "no snapshot gone.duckdb"),
        (("--again", "7"), "No pack 7 was issued"),
        (("--account", "X", "--from", "0001-01-01", "--to", "9999-12-31", "--form", "text"), "too long to compare"),
    ],
)
def test_what_cannot_be_done_is_status_1_with_a_sentence(
    run: Run, desk: Path, words: tuple[str, ...], complaint: str
) -> None:
    status, out, err = run(*words)
    assert (status, out, err.startswith("sla: "), err.count("\n")) == (1, [], True, 1)
    assert complaint in err


def test_no_pack_is_issued_whose_files_have_no_place(run: Run, desk: Path, tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("a file")
    status, _, err = run("--account", "X", *JANUARY, "--issue", "--who", "Ann Example")
    assert (status, err) == (1, f"sla: {tmp_path / 'packs'} is no folder to write in: File exists.\n")
    assert not (desk / "notes.sqlite").exists()


def test_no_pack_is_issued_into_a_folder_that_nobody_may_write_to(
    run: Run, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(**_: object) -> None:  # whoever runs the tests may be allowed everything
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(command, "TemporaryFile", forbidden)
    status, _, err = run("--account", "X", *JANUARY, "--issue", "--who", "Ann Example")
    assert (status, err) == (1, f"sla: {tmp_path / 'packs'} is no folder to write in: Permission denied.\n")
    assert not (desk / "notes.sqlite").exists()


def test_a_pack_that_is_issued_while_its_files_cannot_be_written_is_told(
    run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        status, _, err = run("--account", "X", *JANUARY, "--issue", "--who", "Ann Example")
    path = desk.parent / "packs" / "review-X-2026-01-pt-BR-pack1.text"
    told = f"pack 1 is issued, but {path} could not be used: No space left on device. Write its files with --again 1."
    assert (status, told in err, path.exists()) == (1, True, False)
    assert run("--again", "1", "--form", "text")[0] == 0


def test_a_name_too_long_takes_no_number(run: Run, desk: Path) -> None:
    assert run("--account", "X", *JANUARY, "--issue", "--who", "n" * 81)[0] == 1
    assert run("--account", "X", *JANUARY, "--issue", "--who", "Ann Example")[1][0].endswith("-pack1.text")


def test_a_name_that_two_accounts_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"account": code, "name": "Sample"} for code in ("a", "b")]
    with pytest.raises(command.Refused, match="give the code of one: a, b"):
        command._account("sample", rows)


@pytest.mark.parametrize("account", ["../../etc/passwd", "a/b\\c", "..", "حساب", "x" * 300, "CON", "a\x00b\n\u202e"])
def test_names_of_files_are_safe_from_names_of_accounts(run: Run, tmp_path: Path, account: str) -> None:
    (stem,) = naming.stems([{"account": account}], command.period_named("2026-Q3"), ["ar"])
    assert stem.isascii()
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
    assert len(stem) < 100
    assert stem.startswith("review-")


def test_no_two_accounts_share_a_file() -> None:
    accounts = ["ab", "AB", "a/b", "a-b", "a b", "حساب", "أب", ".."]
    stems = naming.stems(
        [{"account": account} for account in accounts], command.period_named("2026-Q3"), ["en"] * len(accounts)
    )
    assert len({stem.casefold() for stem in stems}) == len(accounts)


def test_pruning_says_what_it_keeps(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = build(tmp_path)
    run("--account", "X", *JANUARY, "--issue", "--who", "Ann Example")
    second = build(tmp_path, SECOND_TICKETS, SECOND)
    third = build(tmp_path, SECOND_TICKETS, SECOND)
    capsys.readouterr()
    assert main(["snapshots", "--prune", "1", "--out", str(tmp_path / "snapshots")]) == 0
    out = capsys.readouterr().out
    assert f"Removed {second.name}\n" in out
    assert "(an issued pack names it)" in next(line for line in out.splitlines() if first.name in line)
    assert store.snapshots(tmp_path / "snapshots") == [first, third]
    assert issuing.Issuing(tmp_path / "snapshots").again(1).stamp is not None
