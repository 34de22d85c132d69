"""Packs that were issued: frozen with their figures, made again from the snapshot they name, compared with later ones.

An issued pack is a row beside the notes (D29). What it was made from is kept: `snapshots --prune` leaves its snapshot.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sla.errors import Refused
from sla.open_snapshot import OpenSnapshot
from sla.periods import Period, period_of_kind
from sla.review.content import Span
from sla.review.differences import Then, differences, policies_of
from sla.review.figures import Figure, figures, figures_json, figures_of
from sla.review.forms import make
from sla.review.gathering import Ask, Row
from sla.review.notebook import Notebook, instant, name_of, now, query, written
from sla.review.pack import Difference, Pack, Since, Stamp, read_pack
from sla.review.style import Style

Make = Callable[[Pack, tuple[str, ...]], Mapping[str, bytes]]


@dataclass(frozen=True)
class Issued:
    """An issued pack: what it was made from, its figures, and the SHA-256 of its files by form. Instants UTC.

    `note_no` is the last note it took into account, `compared_no` the pack that it says its changes since.
    """

    stamp: Stamp
    account: str
    language: str
    period: Period
    snapshot: str
    snapshot_sha256: str
    as_of: datetime
    policies: frozenset[tuple[str, str]]
    note_no: int
    compared_no: int | None
    figures_json: str
    differences: tuple[Difference, ...]
    forms: Mapping[str, str]

    @property
    def figures(self) -> dict[str, Figure]:
        """Its figures as they were."""
        return figures_of(self.figures_json)


class Issuing:
    """The packs of a folder of snapshots; for all threads, if what opens a snapshot is."""

    def __init__(self, folder: Path, style: Style | None = None, opened: Callable[[Path], Ask] | None = None) -> None:
        """`opened` gives the reports of a snapshot of the folder; left out, each is opened once and kept."""
        self.folder = folder
        self.style = style or Style()
        self.notebook = Notebook(folder)
        self._opened = opened or lru_cache(maxsize=4)(ask_of)

    def pack(self, ask: Ask, account: str, period: Span, language: str) -> Pack:
        """The pack as it would be issued now: with the notes that hold, and what changed since one was issued."""
        pack = read_pack(ask, account, period, language, self.notebook.notes(account), self.style)
        days = pack.period
        issued = self.issued(account, days.first_on, days.last_on)
        # As a quarter and as so many days it is compared with other days, and its trend has another grain.
        before = next((one for one in issued if one.period.kind == days.kind), None)
        return replace(pack, since=self._since(before, pack, ask)) if before else pack

    def issue(
        self, pack: Pack, forms: tuple[str, ...], who: str, is_typed: bool = True, made: Make = make
    ) -> tuple[Issued, Mapping[str, bytes]]:
        """The issued pack and its files by form. It counts as issued once its files are made and its row is written.

        Raises Refused where nothing was measured, where its snapshot is not in the folder, without a name, and as the
        forms do.
        """
        content, days = pack.content, pack.period
        if not content.parts:
            raise Refused(f"Nothing of {content.account!r} was measured, so there is no pack to issue.")
        snapshot = self._snapshot(content.provenance.snapshot)
        at, name = now(), name_of(who)
        with self.notebook.writing() as con:
            number = con.execute(query("take_number"), {"taken_at": written(at)}).lastrowid
        assert number is not None
        stamp = Stamp(number, at, name, is_typed)
        files = made(replace(pack, stamp=stamp), forms)
        issued = Issued(
            stamp=stamp,
            account=content.account,
            language=content.language,
            period=period_of_kind(days.kind, days.first_on, days.last_on),
            snapshot=snapshot.name,
            snapshot_sha256=self._sha256(snapshot),
            as_of=content.provenance.as_of,
            policies=policies_of(pack),
            note_no=pack.notes.last_no,
            compared_no=pack.since.stamp.issue_no if pack.since else None,
            figures_json=figures_json(figures(pack)),
            differences=pack.since.differences if pack.since else (),
            forms={form: hashlib.sha256(data).hexdigest() for form, data in files.items()},
        )
        with self.notebook.writing() as con:
            self._snapshot(content.provenance.snapshot)  # nobody prunes while this is written
            con.execute(query("write_issued"), _row(issued))
        return issued, files

    def again(self, number: int) -> Pack:
        """An issued pack as it was: the same figures from the snapshot it names and the notes it took into account.

        Raises Refused where there is no such pack, where its snapshot is gone or another one, and where the figures
        are not the same.
        """
        issued = self.of_number(number)
        path = self.folder / issued.snapshot
        if not path.is_file():
            raise Refused(
                f"Pack {number} was made from {issued.snapshot}, which is gone from {self.folder}; put it back."
            )
        if sha256_of(path) != issued.snapshot_sha256:
            raise Refused(f"Pack {number} was made from another {issued.snapshot} than the one in {self.folder}.")
        notes = self.notebook.notes(issued.account, issued.note_no)
        pack = read_pack(self._opened(path), issued.account, issued.period, issued.language, notes, self.style)
        found = figures(pack)
        then = issued.figures
        if figures_json({name: found[name] for name in then if name in found}) != issued.figures_json:
            wrong = sorted(name for name, figure in then.items() if found.get(name) != figure)
            raise Refused(
                f"Pack {number} cannot be made again: this version of the program gives other figures "
                f"({', '.join(wrong[:3])}{', ...' if len(wrong) > 3 else ''})."
            )
        compared = self.of_number(issued.compared_no) if issued.compared_no is not None else None
        since = Since(compared.stamp, compared.snapshot, compared.as_of, issued.differences) if compared else None
        return replace(pack, stamp=issued.stamp, since=since)

    def of_number(self, number: int) -> Issued:
        """The issued pack of a number. Raises Refused where there is none."""
        rows = self._rows(issue_no=number)
        if not rows:
            raise Refused(f"No pack {number} was issued from {self.folder}.")
        return _issued(rows[0])

    def issued(
        self, account: str | None = None, first_on: date | None = None, last_on: date | None = None
    ) -> tuple[Issued, ...]:
        """The issued packs of an account and period, or of all, the newest first."""
        days = {"first_on": first_on and first_on.isoformat(), "last_on": last_on and last_on.isoformat()}
        return tuple(_issued(row) for row in self._rows(account=account, **days))

    def _since(self, issued: Issued, pack: Pack, ask: Ask) -> Since:
        path = self.folder / issued.snapshot
        then = Then(
            as_of=issued.as_of,
            policies=issued.policies,
            figures=issued.figures,
            waived=frozenset(self.notebook.notes(issued.account, issued.note_no).waivers),
            ask=self._opened(path) if path.is_file() else None,
        )
        return Since(issued.stamp, issued.snapshot, issued.as_of, differences(then, pack, ask))

    def _snapshot(self, name: str) -> Path:
        """The file of a snapshot of the folder. Raises Refused where it is not there."""
        path = self.folder / f"{name}.duckdb"
        if not path.is_file():
            raise self._gone(path)
        return path

    def _sha256(self, snapshot: Path) -> str:
        try:
            return sha256_of(snapshot)
        except FileNotFoundError:
            raise self._gone(snapshot) from None

    def _gone(self, snapshot: Path) -> Refused:
        return Refused(f"A pack can be issued from a snapshot in {self.folder} alone; {snapshot.stem} is not there.")

    def _rows(self, **wanted: object) -> list[dict[str, Any]]:
        every = dict.fromkeys(("account", "first_on", "last_on", "issue_no"))
        return self.notebook.rows("issued_packs", **every | wanted)


def ask_of(path: Path) -> Ask:
    """The reports of a snapshot, which is opened now. Raises Refused."""
    opened = OpenSnapshot(path)
    return lambda report, **values: opened.rows(report, values)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file; worked out once as long as its size and its time of change stay."""
    stat = path.stat()
    return _sha256(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=64)
def _sha256(path: Path, size: int, mtime_ns: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _row(issued: Issued) -> dict[str, object]:
    told = [[one.key, one.kind, one.before, one.now, one.why, one.tickets] for one in issued.differences]
    return {
        "issue_no": issued.stamp.issue_no,
        "account": issued.account,
        "language": issued.language,
        "period_kind": issued.period.kind,
        "first_on": issued.period.first_on.isoformat(),
        "last_on": issued.period.last_on.isoformat(),
        "snapshot": issued.snapshot,
        "snapshot_sha256": issued.snapshot_sha256,
        "as_of": written(issued.as_of),
        "policies": json.dumps(sorted(issued.policies)),
        "note_no": issued.note_no,
        "compared_no": issued.compared_no,
        "figures": issued.figures_json,
        "differences": json.dumps(told, ensure_ascii=False),
        "forms": json.dumps(dict(issued.forms)),
        "who": issued.stamp.who,
        "is_typed": int(issued.stamp.is_typed),
        "issued_at": written(issued.stamp.issued_at),
    }


def _issued(row: Row) -> Issued:
    first_on, last_on = date.fromisoformat(row["first_on"]), date.fromisoformat(row["last_on"])
    return Issued(
        stamp=Stamp(row["issue_no"], instant(row["issued_at"]), row["who"], bool(row["is_typed"])),
        account=row["account"],
        language=row["language"],
        period=period_of_kind(row["period_kind"], first_on, last_on),
        snapshot=row["snapshot"],
        snapshot_sha256=row["snapshot_sha256"],
        as_of=instant(row["as_of"]),
        policies=frozenset((file, sha256) for file, sha256 in json.loads(row["policies"])),
        note_no=row["note_no"],
        compared_no=row["compared_no"],
        figures_json=row["figures"],
        differences=tuple(
            Difference(key, kind, before, now, tuple(why), tuple(tickets))
            for key, kind, before, now, why, tickets in json.loads(row["differences"])
        ),
        forms=json.loads(row["forms"]),
    )
