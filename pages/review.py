"""One account in one period against the one before, in the account's language, on a page that prints."""

from sla.review.content import Volume
from sla.review.gathering import ON_A_PAGE, review_content
from sla.review.pack import read_pack
from sla.ui import blocks, hand_over, percentiles, report, require_frame, scope, spoken, volumes
from sla.ui.account import choose_account, review_language
from sla.ui.review import Links, review_html
from sla.words import Words
from sla.words import words as words_of

require_frame()


def show(words: Words) -> None:
    """Asks for the account where none is chosen, and draws its review; below it what is handed over."""
    chosen, row = scope(), choose_account(words)
    if row is None:
        blocks.lead(words("review.page.ask"), words)
        blocks.quiet(words("review.page.ask_why"), words)
        return
    if any((chosen.severity, chosen.plan, chosen.team, chosen.channel)):
        blocks.notice(words("review.page.whole_account"), words)
    account, language = row["account"], review_language(row, words)
    blocks.quiet(words("review.page.print"), words)
    volumes.tickets_behind_the_number(account, words)
    spoken_there, notes = words_of(language), hand_over.notes_of(account, words)

    def make() -> str:
        if not notes.history:
            content = review_content(report, account, chosen.period, language)
            return review_html(content, spoken_there, Links(ticket, breaches, waits, volume))
        pack = read_pack(report, account, chosen.period, language, notes, most=ON_A_PAGE)
        return review_html(pack.content, spoken_there, Links(ticket, breaches, waits, volume), pack)

    def ticket(number: str) -> str:
        return chosen.link("ticket", words.language, ticket=number)

    def breaches(policy: str) -> str:
        whole = dict.fromkeys(("severity", "plan", "manager", "team", "channel"))
        return chosen.link("breaches", words.language, **whole, policy=policy)

    def waits(policy: str, metric: str) -> str:
        return percentiles.unpromised(policy, metric, words)

    def volume(policy: str, of: Volume, count: str) -> str | None:
        return volumes.address(policy, of, count, words)

    # Its addresses have the language of the page, which need not be that of the review.
    whose = report("review_accounts", account=account)
    last_no = max((note.signed.note_no for note in notes.history), default=0)
    blocks.kept(whose, spoken_there, make, chosen.link("ticket", words.language), last_no)
    hand_over.hand_over(row, chosen.period, language, notes, words)


show(spoken())
