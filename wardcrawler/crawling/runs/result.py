"""How far a portal's run is and how it ended, as it is told to people, programs and other processes."""

from dataclasses import asdict, dataclass, field

from wardcrawler.crawling.runs.outcome import Outcome
from wardcrawler.store.tables.runs import COUNTS


@dataclass
class RunResult:
    """The end of a run, as its row in ``runs`` tells it; ``refused`` counts pages by reason."""

    site: str
    outcome: Outcome
    reason: str | None
    requests: int = 0
    pages: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    gone: int = 0
    errors: int = 0
    bytes: int = 0
    rechecked: int = 0
    files: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    exit_code: int = 0
    """The database's exit code where the run ended for its sake, else 0."""

    def counts(self) -> dict[str, int]:
        """Return the columns of ``runs`` that count something."""
        row = asdict(self)
        return {name: row[name] for name in COUNTS}


@dataclass(frozen=True, slots=True)
class RunProgress:
    """Counts of a run that is under way; ``pages`` and what follows are in the database already."""

    listings: int = 0
    requests: int = 0
    errors: int = 0
    pages: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0

    def counts(self) -> dict[str, int]:
        """Return those that are columns of ``runs``."""
        return {name: count for name, count in asdict(self).items() if name != "listings"}
