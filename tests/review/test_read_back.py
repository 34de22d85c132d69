"""Figures read back out of the three forms equal a direct count over the snapshot, in three languages."""

from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from sla import store
from sla.review.pack import Pack
from sla.review.pdf import pdf
from sla.review.pptx import pptx
from sla.review.sheets import sheets
from sla.review.xlsx import xlsx
from sla.words import LANGUAGES, Words, words
from sla.words import review as sentences
from tests.review.direct_counts import Direct, Pair, counted, severities
from tests.review.forms_desk import QUARTER, noted_pack
from tests.review.read_pdf import PdfFile, letters_of, numbers

CASES = (("V07", "en"), ("L05", "pt-BR"), ("V07", "ar"))  # of V07 first responses are promised, of L05 next ones too


class Case:
    """A pack in a language, and what was counted of its account."""

    def __init__(self, snapshot: Path, account: str, language: str) -> None:
        self.pack: Pack = noted_pack(store.open_snapshot(snapshot), account, language)
        self.words: Words = words(language)
        self.direct: Direct = counted(snapshot, account, QUARTER)
        self.named = severities(snapshot, account, language)
        (self.part,) = self.pack.content.parts

    def clauses(self) -> list[tuple[str, int | None]]:
        """Every promised metric, and below it its clauses, as the forms list them."""
        promised = [total.metric for total in self.part.totals if total.has_target and total.is_in_export]
        targets = {one: [p.target_no for p in self.part.promises if p.metric == one] for one in promised}
        return [(metric, target) for metric in promised for target in (None, *targets[metric])]

    def kept_numbers(self, pair: Pair) -> list[str]:
        """The numbers that a reader must find for these counts, whatever stands around them."""
        met, decided = pair[0], sum(pair)
        if not decided:
            return []
        share = numbers(self.words.percent(met / decided)) if decided >= 10 else []
        return [self.words.number(met), self.words.number(decided), *share]

    def volumes(self) -> Mapping[tuple[str, str], tuple[int, int, int, int]]:
        """The counts of volumes by their names in the pack's language."""
        alls = {("all", ""): self.words("review.volume.all")}
        names = alls | {key: self.named.get(key[1], key[1]) for key in self.direct.volumes if key[0] != "all"}
        return {(key[0], letters_of(names[key])): counts for key, counts in self.direct.volumes.items()}

    def is_every_breach(self, rows: list[tuple[str, str]]) -> bool:
        """Whether rows of a ticket and how late it was are the breaches, each once."""
        wanted = [(key[0], numbers(self.words.duration(late_s))) for key, late_s in self.direct.breaches.items()]
        for ticket, late in rows:
            found = next((one for one in wanted if one[0] == ticket and has(late, one[1])), None)
            if found is None:
                return False
            wanted.remove(found)
        return not wanted

    def satisfied_numbers(self) -> list[str]:
        """The numbers of the sentence on satisfaction."""
        offered, answered, positive = self.direct.satisfaction
        assert answered >= 10
        return [*numbers(self.words.percent(positive / answered)), *map(str, (positive, answered, offered))]


@pytest.fixture(scope="module", params=CASES, ids=str)
def case(sample_snapshot: Path, request: pytest.FixtureRequest) -> Case:
    return Case(sample_snapshot, *request.param)


def test_the_cases_are_in_every_language() -> None:
    assert {language for _, language in CASES} == set(LANGUAGES)


def has(text: str, wanted: list[str]) -> bool:
    return not Counter(wanted) - Counter(numbers(text))


def test_the_pdf_says_what_was_counted(case: Case) -> None:
    spoken, file = case.words, PdfFile(pdf(case.pack))
    kept = file.tables(spoken("review.promise.clause"))
    for row, key in zip(kept, case.clauses(), strict=True):
        assert has(row[2], case.kept_numbers(case.direct.kept.get(key, (0, 0)))), (key, row)
        assert sorted(case.kept_numbers(case.direct.kept_before.get(key, (0, 0)))) == numbers(row[-2]), (key, row)
    lead = tuple(map(sum, zip(*(case.direct.kept[key] for key in case.clauses() if key[1] is None), strict=True)))
    assert has(file.pages[0], case.kept_numbers((lead[0], lead[1])))
    for dimension in ("severity", "channel"):
        rows = file.tables(spoken(f"review.volume.{dimension}"))
        read = {letters_of(row[0]): tuple(int(numbers(cell)[0]) for cell in (row[1], *row[-3:])) for row in rows}
        assert read == {name: counts for (of, name), counts in case.volumes().items() if of in (dimension, "all")}
    assert case.is_every_breach([(row[0].split()[0], row[2]) for row in file.tables(spoken("print.done"))])
    opened = file.tables(spoken("review.open.state"))
    assert Counter(row[0].split()[0] for row in opened) == Counter(case.direct.open_tickets)
    assert has(file.below(spoken("review.part.open"))[0], [str(len(opened))])
    assert has(file.below(spoken("review.part.satisfaction"))[0], case.satisfied_numbers())


def test_the_slides_say_what_was_counted(case: Case) -> None:
    spoken = case.words
    slides = list(Presentation(BytesIO(pptx(case.pack))).slides)

    def rows(*titles: str) -> list[list[str]]:
        """The cells under some heads, of every table that has them all."""
        found = []
        for table in (shape.table for slide in slides for shape in slide.shapes if shape.has_table):
            head, *below = [[plain(cell.text) for cell in row.cells] for row in table.rows]
            wanted = [plain(title) for title in titles]
            if set(wanted) <= set(head):
                found += [[row[head.index(title)] for title in wanted] for row in below]
        return found

    before = sentences.short_period(case.pack.content.before, spoken)
    clauses = [key for key in case.clauses() if key[1] is not None]
    kept = rows(spoken("review.promise.kept"), before)
    for row, key in zip(kept, clauses, strict=True):
        assert has(row[0], case.kept_numbers(case.direct.kept.get(key, (0, 0)))), (key, row)
        assert sorted(case.kept_numbers(case.direct.kept_before.get(key, (0, 0)))) == numbers(row[1]), (key, row)
    for dimension in ("severity", "channel"):
        named = rows(
            spoken(f"review.volume.{dimension}"), spoken("review.volume.opened"), spoken("review.volume.solved")
        )
        wanted = {name: counts for (of, name), counts in case.volumes().items() if of in (dimension, "all")}
        assert {letters_of(name): (int(now), int(solved)) for name, now, solved in named} == {
            name: (counts[0], counts[2]) for name, counts in wanted.items()
        }
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    drawn = [chart for chart in charts if spoken("review.volume.opened") in [one.name for one in chart.plots[0].series]]
    assert len(drawn) == 2
    for chart, dimension in zip(drawn, ("severity", "channel"), strict=True):
        names = [letters_of(name) for name in chart.plots[0].categories]
        now, then = (list(one.values) for one in chart.plots[0].series)
        read = {name: (first, second) for name, first, second in zip(names, now, then, strict=True)}
        wanted = {name: counts[:2] for (of, name), counts in case.volumes().items() if of == dimension}
        assert read == wanted
    breaches = rows(spoken("column.ticket"), spoken("review.breaches.late"))
    assert case.is_every_breach([(row[0].split()[0], row[1]) for row in breaches])
    opened = rows(spoken("column.ticket"), spoken("review.open.state"))
    assert Counter(row[0].split()[0] for row in opened) == Counter(case.direct.open_tickets)
    said = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert any(has(text, case.satisfied_numbers()) for text in said)


def plain(text: str) -> str:
    """A text without the marks that turn directions."""
    return "".join(letter for letter in text if letter not in "\u2066\u2067\u2068\u2069\u200e\u200f")


def test_the_workbook_holds_what_was_counted(case: Case) -> None:
    spoken, book = case.words, openpyxl.load_workbook(BytesIO(xlsx(case.pack)), read_only=True)

    def rows(key: str) -> list[dict[str, Any]]:
        """The rows of a sheet by the heads of its columns."""
        sheet = next(one for one in sheets(case.pack) if one.key == key)
        _, *below = list(book[sheet.name].iter_rows(values_only=True))[-len(sheet.rows) - 1 :]
        heads = [one.title for one in sheet.columns]
        return [dict(zip(heads, row, strict=False)) for row in below]

    def titled(*names: str) -> list[str]:
        told = [spoken.named("pack.measure", name) for name in names]
        return [one[:1].upper() + one[1:] for one in told]

    clauses = [key for key in case.clauses() if key[1] is not None]
    for row, key in zip(rows("promises"), clauses, strict=True):
        met, breached = case.direct.kept.get(key, (0, 0))
        decided = met + breached
        heads = titled(
            "met_count", "breached_count", "decided_count", "before_met_count", "before_decided_count", "share"
        )
        then = case.direct.kept_before.get(key, (0, 0))
        share = pytest.approx(met / decided) if decided >= 10 else None
        assert [row[head] for head in heads] == [met, breached, decided, then[0], sum(then), share], key
    heads = titled("opened_count", "before_opened_count", "solved_count", "before_solved_count")
    by = {spoken(f"workbook.by.{of}"): of for of in ("all", "severity", "channel")}
    read = {
        (by[row[spoken("workbook.column.by")]], letters_of(row[spoken("workbook.column.name")])): tuple(
            row[head] for head in heads
        )
        for row in rows("volumes")
    }
    assert read == case.volumes()
    (late,) = titled("late_s")
    breaches = Counter((row[spoken("column.ticket")], seconds(row[late])) for row in rows("breaches"))
    assert breaches == Counter((key[0], late_s) for key, late_s in case.direct.breaches.items())
    (satisfied,) = rows("satisfaction")
    heads = titled(
        "offered_count", "answered_count", "positive_count", "before_answered_count", "before_positive_count"
    )
    assert [satisfied[head] for head in heads] == [*case.direct.satisfaction, *case.direct.satisfaction_before[1:]]
    assert {row[spoken("column.ticket")] for row in rows("open")} == case.direct.open_tickets


def seconds(value: Any) -> int:
    """The seconds of a cell with a duration."""
    return round(value.total_seconds() if hasattr(value, "total_seconds") else value * 86_400)
