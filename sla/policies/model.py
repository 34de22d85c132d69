"""The parts of a policy, as small immutable values. A file of `data/policies` is one version of one policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Texts = Mapping[str, str]
"""Language code to text. A text that the file gives without a language stands under `und`."""

Windows = tuple[tuple[int, int], ...]
"""Half-open stretches of a day in minutes from its local midnight; an end above 1440 lies on the next date."""

UNDETERMINED = "und"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
METRICS = ("first_response", "next_response", "periodic_update", "resolution")
STOPS = ("agent_reply", "acknowledged")
STATUS_CLASSES = ("open", "waiting", "solved", "excluded", "duplicate")
TAG_CLASSES = ("duplicate", "merged")
PAUSED_WHILE_WAITING = ("periodic_update", "resolution")
WHOLE_DAY: Windows = ((0, 1440),)


def word_key(word: str) -> str:
    """The form in which words are compared: without outer spaces, whatever the case."""
    return word.strip().lower()


@dataclass(frozen=True)
class Calendar:
    """Open hours in one time zone. `hours` has seven entries, from Monday. `is_always`: 24x7 without any exception."""

    name: str
    timezone: str
    hours: tuple[Windows, ...]
    is_always: bool = False
    holidays: tuple[date, ...] = ()
    holiday_calendar: str | None = None
    dates: Mapping[date, Windows] = field(default_factory=dict)
    closures: Mapping[date, Windows] = field(default_factory=dict)


@dataclass(frozen=True)
class Severity:
    """A severity; `words` are its code, names and aliases."""

    code: str
    names: Texts
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return (self.code, *self.names.values(), *self.aliases)


@dataclass(frozen=True)
class Plan:
    """A plan; `words` are its code, names and aliases."""

    code: str
    names: Texts
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return (self.code, *self.names.values(), *self.aliases)


@dataclass(frozen=True)
class Target:
    """One promise: open seconds of a calendar, for the codes named (None: for every severity, every plan).

    `within` is the promise as the file writes it. `pause_on` None: the policy's waiting statuses for resolution and
    periodic update, nothing for the others. `stops_on` is None for every metric but first_response.
    """

    metric: str
    within: str
    target_s: int
    calendar: str
    severities: tuple[str, ...] | None = None
    plans: tuple[str, ...] | None = None
    stops_on: str | None = None
    pause_on: tuple[str, ...] | None = None
    clauses: Texts = field(default_factory=dict)

    @property
    def pauses_on_waiting(self) -> bool:
        return self.pause_on is None and self.metric in PAUSED_WHILE_WAITING


@dataclass(frozen=True)
class Change:
    """What another reading does to the targets that its metric, severities and plans meet; None leaves a key alone."""

    metric: str | None = None
    severities: tuple[str, ...] | None = None
    plans: tuple[str, ...] | None = None
    within: str | None = None
    calendar: str | None = None
    stops_on: str | None = None
    pause_on: tuple[str, ...] | None = None
    clauses: Texts | None = None
    is_removed: bool = False
    default_calendar: str | None = None


@dataclass(frozen=True)
class Reading:
    """A place where the document can be read in two ways; `otherwise` is the way that was not chosen."""

    questions: Texts
    chosen: Texts
    otherwise: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Policy:
    """A version of a policy. `line` is where its file says since when it holds (else its id), for messages."""

    id: str
    names: Texts
    sources: Texts
    calendars: tuple[Calendar, ...]
    severities: tuple[Severity, ...]
    plans: tuple[Plan, ...]
    targets: tuple[Target, ...]
    readings: tuple[Reading, ...]
    default_calendar: str
    reporting_timezone: str
    valid_from: date | None = None
    objective: float | None = None
    default_plan: str | None = None
    statuses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    duplicates: str | None = None
    file: str = ""
    sha256: str = ""
    text: str = ""
    line: int = 1

    @property
    def knows_all_severities(self) -> bool:
        return not self.severities

    @property
    def knows_all_plans(self) -> bool:
        """Plans matter only where a target names one; `plans` then has every plan that the file names anywhere."""
        return all(target.plans is None for target in self.targets)

    @property
    def stops_on(self) -> str:
        """What ends a first response: the one way its targets share, a reply where there is none."""
        return next((target.stops_on for target in self.targets if target.stops_on), STOPS[0])

    def calendar(self, name: str) -> Calendar:
        """The calendar of that name. KeyError where there is none."""
        return {calendar.name: calendar for calendar in self.calendars}[name]
