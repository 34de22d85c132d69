"""What a page is about: one policy, one period, and what the filters let through. It stands in the link, as codes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from sla.periods import PERIODS, Period, PeriodKind, period_of, periods
from sla.ui.snapshot import Row

__all__ = ["FILTERS", "HOME", "NO_POLICY", "PERIODS", "Period", "PeriodKind", "Scope", "period_of", "periods"]

HOME = "week"  # the page that opens at the bare address; Streamlit knows it by no other
NO_POLICY = "-"  # in a link: the tickets that name no policy; no policy has this id
FILTERS = ("severity", "plan", "account", "manager", "team", "channel")


@dataclass(frozen=True)
class Scope:
    """What the reader chose: the row of the report policies, the period, and the filters, None where one is open."""

    policy: Row
    period: Period
    severity: str | None = None
    plan: str | None = None
    account: str | None = None
    manager: str | None = None
    team: str | None = None
    channel: str | None = None

    @property
    def timezone(self) -> str:
        """The reporting time zone."""
        return str(self.policy["timezone"])

    @property
    def as_of(self) -> datetime:
        """The snapshot's last known instant, UTC without a zone."""
        as_of: datetime = self.policy["as_of"]
        return as_of

    @property
    def filters(self) -> dict[str, str | None]:
        """The policy and the filters, as parameters of a report."""
        return {"policy": str(self.policy["policy"])} | {name: getattr(self, name) for name in FILTERS}

    @property
    def values(self) -> dict[str, str | date | None]:
        """The policy, the filters and the period ($first_on, $last_on), as parameters of a report."""
        return {**self.filters, "first_on": self.period.first_on, "last_on": self.period.last_on}

    @property
    def of_week(self) -> "Scope":
        """The same for the week in which the period ends."""
        return replace(self, period=period_of("week", self.period.last_on))

    def codes(self, language: str) -> dict[str, str]:
        """Everything the link says of this scope."""
        chosen = {name: value for name, value in self.filters.items() if value is not None}
        return {"lang": language, **self.period.codes, **chosen}

    def link(self, page: str, language: str, **codes: str | None) -> str:
        """The address of a page with this scope; `codes` are added to it, or taken from it where None."""
        wanted = {name: value for name, value in (self.codes(language) | codes).items() if value is not None}
        if wanted.get("policy") == "":
            wanted["policy"] = NO_POLICY
        return f"{'./' if page == HOME else page}?{urlencode(wanted)}"
