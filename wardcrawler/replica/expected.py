"""What a crawl of the replica must end with, computed from what its portals publish.

For the state at the start, before anything is published, edited or taken down.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from wardcrawler.replica.families.boilerplate import NEVER as FAMILY_NEVER
from wardcrawler.replica.families.family import Family, Publication
from wardcrawler.replica.families.registry import FAMILIES, SERVED
from wardcrawler.replica.hcmc.catalogue import FAR_FUTURE, Catalogue, Entry, catalogues
from wardcrawler.replica.hcmc.traps import NEVER, TRAPS
from wardcrawler.replica.texts.stories import Story

_NO_REFUSAL = frozenset(("article", "same page", "same text", "never"))


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """One article as it must be stored: portal, usual address (a path), section, text.

    ``published`` is ISO 8601 with +07:00, or None where no date may be stored; with the precision ``day`` its
    time is midnight. ``story.id`` is shared by pages with the same text; ``story.pieces()`` are the strings
    of the body as printed.
    """

    portal: str
    path: str
    section: str
    story: Story
    published: str | None
    precision: Literal["minute", "day"] | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """Numbers of one or more portals crawled into one database.

    ``articles`` are distinct texts, ``pages`` addresses with an article (each article's key once a portal).
    ``refused`` counts addresses that bring none by reason (see :mod:`wardcrawler.replica.hcmc.traps`). No
    request may have one of ``never`` in its path or query; ``robots`` addresses are among those.
    """

    articles: int
    pages: int
    refused: Mapping[str, int]
    never: tuple[str, ...]


def expected(*portals: str) -> Expectation:
    """Return what crawling the named portals of the three into one database must give; without names, all
    three.

    Raises KeyError for any other name.
    """
    by_portal = _catalogues()
    chosen = portals or tuple(by_portal)
    pages = [page for name in chosen for page in expected_pages(name)]
    refused = Counter(
        trap.outcome for trap in TRAPS if trap.portal in chosen and trap.outcome not in _NO_REFUSAL
    )
    return Expectation(
        articles=len({page.story.id for page in pages}), pages=len(pages), refused=dict(refused), never=NEVER
    )


def expected_pages(portal: str) -> tuple[ExpectedPage, ...]:
    """Return every page of a portal that becomes an article. Raises KeyError for a name there is not."""
    catalogue = _catalogues()[portal]
    refused = {trap.name for trap in TRAPS if trap.portal == portal and trap.outcome not in _NO_REFUSAL}
    return tuple(_page(catalogue, entry) for entry in catalogue.entries.values() if entry.trap not in refused)


def _page(catalogue: Catalogue, entry: Entry) -> ExpectedPage:
    path = catalogue.address(entry.slug, entry.section)
    is_dated = entry.printed is not None and entry.printed != FAR_FUTURE
    precision: Literal["minute", "day"] = "minute" if catalogue.portal.look == "hcmc" else "day"
    moment = entry.published
    if precision == "day":
        moment -= timedelta(hours=moment.hour, minutes=moment.minute)
    return ExpectedPage(
        portal=catalogue.portal.name,
        path=path,
        section=entry.section,
        story=entry.story,
        published=moment.isoformat() if is_dated else None,
        precision=precision if is_dated else None,
    )


@cache
def _catalogues() -> dict[str, Catalogue]:
    return catalogues()


def expected_family(name: str) -> Expectation:
    """Return what crawling the family's portal ``name`` must give. Raises KeyError for a name
    there is not.
    """
    family = SERVED[name]
    pages = expected_family_pages(name)
    refused = Counter(trap.outcome for trap in family.traps if trap.outcome not in _NO_REFUSAL)
    return Expectation(
        articles=len({page.story.id for page in pages}),
        pages=len(pages),
        refused=dict(refused),
        never=(*FAMILY_NEVER, *family.never),
    )


def expected_family_pages(name: str) -> tuple[ExpectedPage, ...]:
    """Return every article of a family's portal; ``path`` is its usual address with the query."""
    family = SERVED[name]
    refused = {(trap.section, trap.name) for trap in family.traps if trap.outcome not in _NO_REFUSAL}
    return tuple(
        _family_page(family, publication)
        for section, texts in family.sections.items()
        for publication in texts
        if (section, publication.trap) not in refused
    )


def expected_everything(*left_out: str) -> Expectation:
    """Return what crawling all portals, Liferay's and the families', into one database must give, the
    families' portals ``left_out`` aside: no text of a family's portal stands on another portal.
    """
    liferay, families = expected(), [expected_family(name) for name in FAMILIES if name not in left_out]
    refused = Counter(liferay.refused)
    for each in families:
        refused.update(each.refused)
    return Expectation(
        articles=liferay.articles + sum(each.articles for each in families),
        pages=liferay.pages + sum(each.pages for each in families),
        refused=dict(refused),
        never=tuple(dict.fromkeys(part for each in (liferay, *families) for part in each.never)),
    )


def _family_page(family: Family, publication: Publication) -> ExpectedPage:
    moment = publication.published
    is_dated = publication.trap != "no-date"
    if family.precision == "day":
        moment -= timedelta(hours=moment.hour, minutes=moment.minute)
    return ExpectedPage(
        portal=family.portal.name,
        path=family.address(publication),
        section=publication.section,
        story=publication.story,
        published=moment.isoformat() if is_dated else None,
        precision=family.precision if is_dated else None,
    )
