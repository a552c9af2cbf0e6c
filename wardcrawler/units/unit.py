"""One administrative unit in one period."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["ward", "commune", "district", "province"]

# Districts end, 63 provinces become 34 and all communes are drawn anew (resolution 202/2025/QH15).
REFORM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was from ``valid_from`` until the day before ``valid_to``.

    - ``code``: of the statistics office: 2 digits for a province, 3 for a district, 5 for a commune. Most
      codes were given out again in 2025, so a unit is identified by ``code`` and ``valid_from`` together.
    - ``name``: official, with its type ("Phường 9").
    - ``level``: ward (phường), commune (xã, thị trấn, đặc khu), district or province.
    - ``parent``, ``province``: codes in the same period; a province has no parent and is its own province.
    - ``valid_from``: None for units of before the reform, whose age the source does not tell.
    - ``valid_to``: the first day it no longer held, None while it holds.
    - ``resolution``: what set it up, where known ("1685/NQ-UBTVQH15").
    """

    code: str
    name: str
    level: Level
    parent: str | None
    province: str
    valid_from: date | None
    valid_to: date | None
    resolution: str | None

    def holds_on(self, day: date) -> bool:
        """Return whether the unit's period covers ``day``; before the reform it has no beginning."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )
