"""The state of one section's walk in one run."""

from dataclasses import dataclass, field


@dataclass
class Walk:
    """One section's walk in one run. ``is_whole`` once its end, or what was known before, was reached and
    no article on the way was left out.
    """

    title: str
    url: str
    known_before: str
    """Pages first seen before this time count as known (ISO 8601)."""
    is_backfill: bool
    seen: set[str] = field(default_factory=set)
    reached_end: bool = False
    left_out: bool = False

    @property
    def is_whole(self) -> bool:  # noqa: D102
        return self.reached_end and not self.left_out
