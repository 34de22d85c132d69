"""`python -m sla review`: packs for one account or for all, written, issued or made again."""

import argparse
import hashlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from sla import store
from sla.errors import Refused
from sla.periods import Period, period_between, period_named
from sla.review import forms
from sla.review.gathering import Ask, Row
from sla.review.issuing import Issuing, ask_of
from sla.review.naming import stems
from sla.review.style import read_style
from sla.words import LANGUAGES, nearest

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


_ABOUT = """A pack is one account in one period, compared with the period before: how the promises were kept, every
breach with its reason, volumes, satisfaction, open tickets, and where the numbers come from. PDF for reading, PPTX for
presenting, XLSX for checking. Without --issue it is a draft. The paths of the files go to standard output, progress to
standard error."""
_STATUS = "Exit status: 0 all were written; 1 some or all were not, each with a sentence; 2 wrong usage."


@dataclass(frozen=True)
class Wanted:
    """One pack to write: the account's row of review_accounts, its language, and the beginning of its files' names."""

    account: Row
    language: str
    stem: str


def add_to(commands: "Commands") -> None:
    """Adds the command to the others."""
    about = "write client packs, for one account or for all; issue them"
    parser = commands.add_parser("review", help=about, description=_ABOUT, epilog=_STATUS)
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--account", metavar="NAME", help="the account's code or name")
    whose.add_argument("--all", action="store_true", help="every account that has clocks")
    whose.add_argument("--again", type=int, metavar="ID", help="the issued pack of this number, as it was")
    parser.add_argument("--from", dest="first_on", type=_day, metavar="DAY", help="the first day, such as 2026-07-01")
    parser.add_argument("--to", dest="last_on", type=_day, metavar="DAY", help="the last day")
    parser.add_argument("--period", type=_period, metavar="NAME", help="instead of days: 2026-Q3, 2026-10 or 2026-W41")
    parser.add_argument("--language", choices=LANGUAGES, help="default: the account's, else English")
    parser.add_argument(
        "--form",
        type=_forms,
        default=None,
        metavar="LIST",
        help=f"of {', '.join(forms.offered())}, with commas; default: all",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the files are written")
    parser.add_argument(
        "--snapshots", type=Path, default=store.folder(), metavar="DIR", help="where snapshots are kept"
    )
    parser.add_argument("--snapshot", type=Path, metavar="FILE", help="this snapshot instead of the current one")
    parser.add_argument("--issue", action="store_true", help="freeze each pack under a number")
    parser.add_argument("--who", metavar="NAME", help="who issues, as typed; with --issue")
    parser.set_defaults(command=_review, usage=parser.error)


def _review(asked: argparse.Namespace) -> int:
    if asked.again is not None:
        if asked.first_on or asked.last_on or asked.period or asked.issue or asked.language or asked.who:
            asked.usage("--again takes its account, period, language and name from the issued pack.")
        return _again(asked)
    period = _asked_period(asked)
    if asked.who and not asked.issue:
        asked.usage("--who is the name of who issues; it stands with --issue.")
    if asked.issue and not (asked.who or "").strip():
        asked.usage("--issue needs --who NAME: a pack says who issued it.")
    path = asked.snapshot or store.current(asked.snapshots)
    if path is None or not path.is_file():
        raise Refused(f"There is no snapshot {path or f'in {asked.snapshots}'}; build one with 'python -m sla build'.")
    issuing = Issuing(path.parent, read_style())
    ask = ask_of(path)
    names = _form_names(asked)
    _make_folder(asked.out)  # before a pack is issued whose files nobody could write
    wanted = _wanted(asked, period, ask("review_accounts"))
    status = _write_all(asked, wanted, lambda one: _written(asked, issuing, ask, one, period, names))
    return status or int(len(names) < len(asked.form or forms.offered()))


def _written(
    asked: argparse.Namespace, issuing: Issuing, ask: Ask, one: Wanted, period: Period, names: tuple[str, ...]
) -> list[Path]:
    """The files of one pack."""
    pack = issuing.pack(ask, one.account["account"], period, one.language)
    if not asked.issue:
        return _write(asked.out, one.stem, forms.make(pack, names))
    issued, files = issuing.issue(pack, names, asked.who)
    number = issued.stamp.issue_no
    try:
        return _write(asked.out, f"{one.stem}-pack{number}", files)
    except OSError as error:
        raise Refused(
            f"pack {number} is issued, but {_sentence(error)} Write its files with --again {number}."
        ) from error


def _write_all(asked: argparse.Namespace, wanted: list[Wanted], written: Callable[[Wanted], list[Path]]) -> int:
    """Writes pack after pack; one that fails is told and stops no other. The exit status."""
    failed = done = 0
    try:
        for at, one in enumerate(wanted, 1):
            _say(f"{at} of {len(wanted)}: {_shown(one.account['name'])}")
            try:
                for path in written(one):
                    print(path)
                done += 1
            except (Refused, OSError, store.DatabaseError) as error:
                failed += 1
                _say(f"sla: {_shown(one.account['name'])}: {_sentence(error)}")
            except Exception as error:  # a fault of the program in one account must not cost the others theirs
                failed += 1
                _say(f"sla: {_shown(one.account['name'])}: {type(error).__name__}: {_sentence(error)}")
    except KeyboardInterrupt:
        _say(f"sla: Stopped after {done} of {len(wanted)} packs.")
        return 130
    _say(f"{done} of {len(wanted)} packs {'issued' if asked.issue else 'written'}, {failed} failed.")
    return 1 if failed else 0


def _again(asked: argparse.Namespace) -> int:
    """The files of an issued pack, made anew; says where a file is not byte for byte what it was."""
    _make_folder(asked.out)
    issuing = Issuing((asked.snapshot.parent if asked.snapshot else asked.snapshots), read_style())
    issued = issuing.of_number(asked.again)
    names = asked.form or tuple(name for name in issued.forms if name in forms.offered()) or forms.offered()
    files = forms.make(issuing.again(asked.again), names)
    row = {"account": issued.account, "name": issued.account}
    (stem,) = stems([row], issued.period, [issued.language])
    for path in _write(asked.out, f"{stem}-pack{asked.again}", files):
        print(path)
    for name, data in files.items():
        if issued.forms.get(name) not in (None, hashlib.sha256(data).hexdigest()):
            _say(f"The figures are those that were issued; the {name} file looks another way than it did then.")
    return 0


def _wanted(asked: argparse.Namespace, period: Period, rows: Sequence[Row]) -> list[Wanted]:
    """The accounts asked for, with their languages and the names of their files. Raises Refused."""
    chosen = list(rows) if asked.all else [_account(asked.account, rows)]
    if not chosen:
        raise Refused("The snapshot has no account: its tickets name none.")
    languages = [asked.language or nearest(row["language"]) for row in chosen]
    named = stems(chosen, period, languages)
    return [Wanted(*one) for one in zip(chosen, languages, named, strict=True)]


def _account(name: str, rows: Sequence[Row]) -> Row:
    """The account of a code, else of a name whatever its case. Raises Refused."""
    by_code = [row for row in rows if row["account"] == name]
    found = by_code or [row for row in rows if row["name"].casefold() == name.strip().casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        codes = ", ".join(_shown(row["account"]) for row in found)
        raise Refused(f"{len(found)} accounts are called {_shown(name)}; give the code of one: {codes}.")
    raise Refused(f"No account {_shown(name)} has clocks in the snapshot.")


def _write(out: Path, stem: str, files: Mapping[str, bytes]) -> list[Path]:
    """The paths of the files, each there whole or not at all. Raises OSError, which names the file."""
    paths = []
    for name, data in files.items():
        path = out / f"{stem}.{name}"
        draft = out / f".{stem}-{os.getpid()}.{name}.part"
        try:
            draft.write_bytes(data)
            draft.replace(path)
        except OSError as error:  # a full disk names no file, and nobody knows the draft
            raise OSError(error.errno, error.strerror, str(path)) from error
        finally:
            draft.unlink(missing_ok=True)
        paths.append(path)
    return paths


def _make_folder(out: Path) -> None:
    """Makes the folder, and a file in it that is gone at once. Raises Refused where that cannot be."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise Refused(f"{out} is no folder to write in: {error.strerror}.") from error


def _asked_period(asked: argparse.Namespace) -> Period:
    period: Period | None = asked.period
    if period is not None and (asked.first_on or asked.last_on):
        asked.usage("--period stands in place of --from and --to.")
    if period is None and not (asked.first_on and asked.last_on):
        asked.usage("the days are missing: give --from and --to, or --period.")
    return period or period_between(asked.first_on, asked.last_on)


def _form_names(asked: argparse.Namespace) -> tuple[str, ...]:
    """Those of the forms asked for, all where none is named, that this machine can make; the others are told.

    Raises Refused where none is left.
    """
    names = []
    for name in asked.form or forms.offered():
        try:
            forms.form(name)
            names.append(name)
        except Refused as error:
            _say(f"sla: {error}")
    if not names:
        raise Refused("There is no form left to write a pack in.")
    return tuple(names)


def _forms(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in forms.offered()]
    if unknown or not names:
        offered = ", ".join(forms.offered()) or "none yet"
        raise argparse.ArgumentTypeError(f"there is no form {', '.join(unknown) or text!r}; there are {offered}")
    return names


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a day such as 2026-07-01, got {text!r}") from None


def _period(text: str) -> Period:
    try:
        return period_named(text)
    except Refused as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _sentence(error: BaseException) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'} could not be used: {error.strerror or error}."
    return _shown((str(error).splitlines() or ["no more is known"])[0])


def _shown(text: str) -> str:
    """A text of the data for a terminal: nothing in it moves the cursor or turns the line around."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
