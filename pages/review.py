"""One account in one period against the one before, in the account's language, on a page that prints."""

from sla.review.gathering import review_content
from sla.ui import blocks, report, require_frame, scope, spoken
from sla.ui.account import choose_account, review_language
from sla.ui.review import Links, review_html
from sla.words import Words
from sla.words import words as words_of

require_frame()


def show(words: Words) -> None:
    """Asks for the account where none is chosen, and draws its review."""
    chosen, account = scope(), choose_account(words)
    if account is None:
        blocks.lead(words("review.page.ask"), words)
        blocks.quiet(words("review.page.ask_why"), words)
        return
    if any((chosen.severity, chosen.plan, chosen.team, chosen.channel)):
        blocks.notice(words("review.page.whole_account"), words)
    language = review_language(account, words)
    blocks.quiet(words("review.page.print"), words)
    spoken_there = words_of(language)

    def make() -> str:
        content = review_content(report, account["account"], chosen.period, language)
        return review_html(content, spoken_there, Links(ticket, breaches))

    def ticket(number: str) -> str:
        return chosen.link("ticket", words.language, ticket=number)

    def breaches(policy: str) -> str:
        whole = dict.fromkeys(("severity", "plan", "manager", "team", "channel"))
        return chosen.link("breaches", words.language, **whole, policy=policy)

    # Its addresses have the language of the page, which need not be that of the review.
    whose = report("review_accounts", account=account["account"])
    blocks.kept(whose, spoken_there, make, chosen.link("ticket", words.language))


show(spoken())
