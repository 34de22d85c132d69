"""The command line: `python -m sla COMMAND`. Exit status 0 done, 1 refused with one sentence, 2 wrong usage."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sla import catalog, publication, snapshot, store
from sla.errors import Refused
from sla.explain import explain
from sla.explain.text import as_text
from sla.intake.formats import DATES
from sla.policies.listing import listing
from sla.progress import Progress, on_terminal, silent
from sla.readings import COLUMNS, reading_effects
from sla.review import command as review
from sla.sample import write_sample
from sla.tables import FORMS, as_form

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status of one command; what went wrong stands on standard error in one plain sentence."""
    asked = _parser().parse_args(arguments)
    command: Command = asked.command
    try:
        return command(asked)
    except Refused as error:
        return _fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return _fail("Stopped; nothing was published.", 130)
    except store.DatabaseError as error:
        return _fail(f"The database could not go on: {str(error).splitlines()[0]}")
    except OSError as error:
        return _fail(f"{error.filename or 'A file'} could not be used: {error.strerror or error}.")


def _fail(sentence: str, status: int = 1) -> int:
    print(f"sla: {sentence}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sla", description="SLA attainment from ticket exports.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_build(commands)
    _add_explain(commands)
    _add_report(commands)
    _add_sample(commands)
    _add_policies(commands)
    _add_snapshots(commands)
    review.add_to(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_build(commands: Commands) -> None:
    parser = commands.add_parser("build", help="read exports, measure every clock, publish a new snapshot")
    parser.add_argument("exports", nargs="+", type=_export, metavar="EXPORT", help="a file, a folder or a zip")
    parser.add_argument("--policies", type=Path, default=snapshot.POLICIES, metavar="DIR", help="policy files")
    parser.add_argument("--out", type=Path, default=store.folder(), metavar="DIR", help="where snapshots are kept")
    parser.add_argument("--no-publish", action="store_true", help="build without becoming the current snapshot")
    parser.add_argument("--as-of", metavar="INSTANT", help="what counts as now (default: the newest instant accepted)")
    parser.add_argument("--timezone", metavar="ZONE", help="of instants written without an offset (default: UTC)")
    parser.add_argument("--policy", metavar="ID", help="the policy of tickets that name none")
    parser.add_argument("--format", metavar="NAME", help="of the exports (default: recognised from the headers)")
    parser.add_argument(
        "--dates", choices=DATES, help="the order of day and month (default: as all dates of a file show)"
    )
    parser.add_argument("--encoding", metavar="NAME", help="of text files (default: as their bytes show)")
    parser.add_argument(
        "--say", action="append", type=_said, default=[], metavar="ID=ANSWER", help="to a question of a format"
    )
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    parser.set_defaults(command=_build)


def _export(text: str) -> Path:
    if not text:  # a variable that a script forgot to set would be the current folder
        raise argparse.ArgumentTypeError("expected a file, a folder or a zip, got an empty name")
    return Path(text)


def _said(text: str) -> tuple[str, str]:
    question, mark, answer = text.partition("=")
    if not mark:
        raise argparse.ArgumentTypeError(f"{text!r}: expected ID=ANSWER")
    return question, answer


def _build(asked: argparse.Namespace) -> int:
    built = snapshot.build(
        asked.exports,
        policies=asked.policies,
        out=asked.out,
        publish=not asked.no_publish,
        as_of=_instant(asked.as_of, asked.timezone),
        timezone=asked.timezone,
        default_policy=asked.policy,
        format_name=asked.format,
        dates=asked.dates,
        encoding=asked.encoding,
        said=dict(asked.say),
        progress=_progress(),
    )
    if asked.json:
        print(json.dumps(built.as_json(), ensure_ascii=False))
        return 0
    for file in built.files:
        print(
            f"{file['file']}: {file['rows_read']:,} rows read, "
            f"{file['rows_accepted']:,} accepted, {file['rows_rejected']:,} rejected"
        )
    for note in built.notes:
        print(note)
    print(f"{built.tickets:,} tickets, {built.events:,} events, as of {built.as_of:%Y-%m-%d %H:%M:%S} UTC")
    print(f"{built.clocks:,} clocks: " + ", ".join(f"{count:,} {outcome}" for outcome, count in built.outcomes.items()))
    print(f"{'Published' if built.is_current else 'Built, not published:'} {built.snapshot}")
    return 0


def _progress() -> Progress:
    """Says on a terminal's standard error how far it is; says nothing where there is no terminal."""
    return on_terminal(sys.stderr) if sys.stderr.isatty() else silent


def _instant(text: str | None, zone: str | None) -> datetime | None:
    """The instant, UTC without a zone, that a text stands for; without an offset it is read in `zone`, else in UTC."""
    if text is None:
        return None
    try:
        at = _utc(datetime.fromisoformat(text), ZoneInfo(zone or "UTC"))
    except (ZoneInfoNotFoundError, OSError):
        raise Refused(f"--timezone {zone!r} is no time zone; give an IANA name such as America/Sao_Paulo.") from None
    except (ValueError, OverflowError):
        raise Refused(f"--as-of {text!r} is no instant; write it like 2026-11-20T18:00:00Z.") from None
    if not 1970 <= at.year < 2200:  # as of the instants in exports
        raise Refused(f"--as-of {text!r} lies outside the years 1970 to 2199; write it like 2026-11-20T18:00:00Z.")
    return at


def _utc(instant: datetime, zone: ZoneInfo) -> datetime:
    """The instant in UTC without a zone; without an offset, in a repeated hour the later, as in exports (D18)."""
    if instant.tzinfo:
        return instant.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    first, second = (instant.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return max(first, second).replace(tzinfo=None, microsecond=0)


def _add_explain(commands: Commands) -> None:
    parser = commands.add_parser("explain", help="every clock of one ticket, with its arithmetic")
    parser.add_argument("ticket", metavar="TICKET", help="the ticket's id")
    _add_source(parser)
    parser.set_defaults(command=_explain)


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=store.folder(), metavar="DIR", help="where snapshots are kept")
    parser.add_argument("--snapshot", type=Path, metavar="FILE", help="this snapshot instead of the current one")


def _open(asked: argparse.Namespace) -> store.Connection:
    path = asked.snapshot or store.current(asked.out)
    if path is None:
        raise Refused(f"There is no snapshot in {asked.out} yet; build one with 'python -m sla build EXPORT'.")
    if not path.is_file():
        raise Refused(f"There is no snapshot {path}; 'python -m sla snapshots' lists those there are.")
    return store.open_snapshot(path)


def _explain(asked: argparse.Namespace) -> int:
    with _open(asked) as con:
        sys.stdout.write(as_text(explain(con, asked.ticket)))
    return 0


def _add_report(commands: Commands) -> None:
    parser = commands.add_parser("report", help="one report as a table, CSV or JSON")
    names = parser.add_subparsers(title="reports", metavar="NAME", required=True)
    _add_readings(names)
    for name, report in catalog.reports().items():
        named = names.add_parser(name, help=report.title, description=f"{report.title}. {report.grain} {report.units}")
        _add_source(named)
        named.add_argument("--format", choices=FORMS, default=FORMS[0])
        for parameter in report.parameters:
            option = f"--{parameter.name.replace('_', '-')}"
            named.add_argument(
                option, required=not parameter.is_optional, metavar=parameter.kind.upper(), help=parameter.about
            )
        named.set_defaults(command=_report, report=report)


def _add_readings(names: Commands) -> None:
    about = "What the other reading of each document would change: verdicts and attainment"
    parser = names.add_parser("readings", help=about, description=f"{about}. One row per reading and metric.")
    _add_source(parser)
    parser.add_argument("--format", choices=FORMS, default=FORMS[0])
    parser.add_argument("--policy", metavar="TEXT", help="the policy's id; else every policy")
    parser.add_argument("--language", metavar="TEXT", default="en", help="of questions and answers, such as pt-BR")
    parser.set_defaults(command=_readings)


def _readings(asked: argparse.Namespace) -> int:
    with _open(asked) as con:
        found = reading_effects(con, asked.policy, asked.language, _progress())
    sys.stdout.write(as_form(COLUMNS, found, asked.format))
    return 0


def _report(asked: argparse.Namespace) -> int:
    report: catalog.Report = asked.report
    texts = {parameter: getattr(asked, parameter.name) for parameter in report.parameters}
    values = {parameter.name: parameter.read(text) for parameter, text in texts.items() if text is not None}
    with _open(asked) as con:
        frame = store.run(con, report.name, values)
    sys.stdout.write(as_form(list(frame.columns), store.records(frame), asked.format))
    return 0


def _add_sample(commands: Commands) -> None:
    parser = commands.add_parser("sample", help="write invented exports, the same bytes for the same seed")
    parser.add_argument("--tickets", type=_positive, default=3000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.set_defaults(command=_sample)


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, got {text}")
    return number


def _sample(asked: argparse.Namespace) -> int:
    write_sample(asked.tickets, asked.seed, asked.out)
    print(f"Wrote {asked.tickets:,} invented tickets to {asked.out}")
    return 0


def _add_policies(commands: Commands) -> None:
    parser = commands.add_parser("policies", help="list the policies, or say what is wrong in which file and line")
    parser.add_argument("--policies", type=Path, default=snapshot.POLICIES, metavar="DIR", help="policy files")
    parser.set_defaults(command=_policies)


def _policies(asked: argparse.Namespace) -> int:
    sys.stdout.write(listing(asked.policies))
    return 0


def _add_snapshots(commands: Commands) -> None:
    parser = commands.add_parser("snapshots", help="list the snapshots and say which is current")
    parser.add_argument("--out", type=Path, default=store.folder(), metavar="DIR", help="where snapshots are kept")
    parser.add_argument(
        "--prune",
        type=_positive,
        metavar="KEEP",
        help="remove all but the newest KEEP, the current one and those that issued packs name",
    )
    parser.set_defaults(command=_snapshots)


def _snapshots(asked: argparse.Namespace) -> int:
    if asked.prune:
        for removed in publication.prune(asked.out, asked.prune):
            print(f"Removed {removed.name}")
    current = store.current(asked.out)
    found = store.snapshots(asked.out)
    named = publication.named_by_packs(asked.out)
    if not found:
        print(f"There is no snapshot in {asked.out} yet.")
    for path in found:
        issued = "  (an issued pack names it)" if path.name in named else ""
        print(f"{'*' if path == current else ' '} {path.name}  {path.stat().st_size / 1e6:,.1f} MB{issued}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
