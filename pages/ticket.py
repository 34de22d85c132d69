"""One ticket: its story on one time line, and every clock with its verdict, its clause and its arithmetic."""

from sla.charts.timeline import has_cuts
from sla.ui import Row, Rows, blocks, report, require_frame, scope, spoken, ticket
from sla.words import Words
from sla.words import ticket as sentences

require_frame()


def show(words: Words) -> None:
    """Asks which ticket, and tells its story; in words where there is none to tell."""
    asked = ticket.choose_ticket(words)
    found = report("ticket_facts", ticket=asked, language=words.language) if asked else None
    if not found:
        blocks.lead(words("ticket.unknown", ticket=asked) if asked else words("ticket.none_asked"), words)
        return
    facts, told = found[0], ticket.story(asked)
    blocks.lead(sentences.lead(asked, [clock.clock for clock in told.clocks], words), words)
    merged = facts["merged_into"]
    ticket.head(facts, scope().link("ticket", words.language, ticket=merged) if merged else None, words)
    if not told.clocks:
        blocks.paragraph(words("ticket.no_clocks", as_of=words.instant(facts["as_of"], facts["timezone"])), words)
        return
    show_line(found, told, words)
    show_ratings(facts, words)
    blocks.heading(words("ticket.part.clocks"), words)
    ticket.clocks(found, told, words)
    blocks.heading(words("ticket.part.happened"), words)
    ticket.happened(found, told, words)


def show_line(facts: Rows, told: ticket.Story, words: Words) -> None:
    """The time line, and how to read it."""
    blocks.heading(words("ticket.part.line"), words)
    blocks.chart(blocks.drawn(ticket.line, facts, words), "timeline")
    blocks.quiet(words("ticket.line.note"), words)
    cut = f"{words('ticket.line.cut')} " if has_cuts(told) else ""
    blocks.quiet(cut + words("ticket.event.zone", zone=words.zone(facts[0]["timezone"])), words)


def show_ratings(facts: Row, words: Words) -> None:
    """What the customer said of it, where a survey was offered."""
    rows = report("ticket_ratings", ticket=facts["ticket_id"])
    if rows:
        blocks.heading(words("ticket.part.rating"), words)
        at = sentences.clock_of(facts["timezone"], (), words)
        for sentence in sentences.ratings(rows, at, words):
            blocks.paragraph(sentence, words)


show(spoken())
