"""How far a run has come: what a person watching, and whoever completes the row of a run that died, knows."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Standing:
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
        """Those that are columns of ``runs``."""
        return {name: count for name, count in asdict(self).items() if name != "listings"}
