"""What a crawl of a family's portal must end with, computed from what it publishes."""

from collections import Counter
from datetime import timedelta

from wardcrawler.replica.expected import Expectation, ExpectedPage, expected
from wardcrawler.replica.families.chrome import NEVER
from wardcrawler.replica.families.family import Family
from wardcrawler.replica.families.portal import Publication
from wardcrawler.replica.families.table import FAMILIES

_NO_REFUSAL = frozenset(("article", "same page"))


def expected_family(name: str) -> Expectation:
    """What crawling the portal ``name`` must give. Raises KeyError for a name there is not."""
    family = FAMILIES[name]
    pages = expected_family_pages(name)
    refused = Counter(trap.outcome for trap in family.traps if trap.outcome not in _NO_REFUSAL)
    return Expectation(
        articles=len({page.story.id for page in pages}),
        pages=len(pages),
        refused=dict(refused),
        never=(*NEVER, *family.never),
    )


def expected_family_pages(name: str) -> tuple[ExpectedPage, ...]:
    """Every article of a family's portal; ``path`` is its usual address with the query."""
    family = FAMILIES[name]
    refused = {(trap.section, trap.name) for trap in family.traps if trap.outcome not in _NO_REFUSAL}
    return tuple(
        _page(family, publication)
        for section, texts in family.sections.items()
        for publication in texts
        if (section, publication.trap) not in refused
    )


def expected_everything(*left_out: str) -> Expectation:
    """What crawling all portals, Liferay's and the families', into one database must give, the families'
    portals ``left_out`` aside: no text of a family's portal stands on another portal.
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


def _page(family: Family, publication: Publication) -> ExpectedPage:
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
