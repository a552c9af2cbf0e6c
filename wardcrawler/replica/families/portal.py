"""A family's portal and what it publishes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wardcrawler.replica.stories import Story


@dataclass(frozen=True, slots=True)
class FamilyPortal:
    """One portal. ``sections`` maps a section's title to the path of its listing, ``counts`` to the number of
    its articles. ``variant`` is the platform a crawler should recognise, ``ward`` the number of the unit.
    """

    name: str
    title: str
    level: Literal["ward", "commune"]
    province: str
    variant: str
    ward: int
    page_size: int
    sections: dict[str, str]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class FamilyTrap:
    """What is unusual about article ``on`` of ``section`` (0 the newest). Outcomes are those of
    :mod:`wardcrawler.replica.traps`, and the refusals ``document``, ``view`` and ``no-body``.
    """

    name: str
    section: str
    on: int
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One article. ``number`` is unique on its portal; ``published`` is aware, +07:00."""

    number: int
    section: str
    published: datetime
    story: Story
    trap: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """Page ``number`` of ``total`` of a section: its articles, each with the address it is linked by."""

    section: str
    path: str
    number: int
    total: int
    items: tuple[tuple[Publication, str], ...]
