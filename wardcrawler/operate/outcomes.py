"""From what happened in a run to one word and the reason in words."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from wardcrawler.crawling.failures import TRANSIENT, UNREACHABLE

Outcome = Literal[
    "ok",
    "unchanged",
    "empty",
    "partial",
    "challenge",
    "blocked",
    "dead",
    "redesigned",
    "interrupted",
    "error",
]

HEALTHY = frozenset({"ok", "unchanged"})
SUCCESSFUL = HEALTHY | {"partial"}

_CHALLENGE = frozenset({"challenge"})
_BLOCKED = frozenset({"blocked", "robots", "http-401", "http-403", "http-429", "http-451"})
_GONE = UNREACHABLE | {"http-404", "http-410", "offsite"}
_NOT_PARSED = frozenset({"no-title", "no-body", "listing", "parser-error", "soft-error", "document"})

FEWEST_TO_JUDGE = 3
"""So many article pages must have been read before 'none of them parses' speaks of a redesign."""


MOST_TRANSIENT = 0.1
"""The share of article pages that may fail for a passing reason before a run counts as partial. A page that
answers 500 for ever, as most portals have one, must not wake a person every night.
"""


GIVEN_UP = "given-up"
"""The close reason of a crawl that was told to close and did not."""

_NOT_THE_PORTAL: dict[str, tuple[Outcome, str]] = {
    "storage": ("error", "the database could not be written"),
    "shutdown": ("interrupted", "stopped by a person or the system; what was stored stays"),
    GIVEN_UP: ("error", "it was told to close when its time was up, and did not"),
}
"""Close reasons that are the outcome, whatever the portal answered."""

_CLOSED = {
    "closespider_timeout": "its time was up; the next run goes on",
    "closespider_pagecount": "it asked for as many pages as a run may; the next run goes on",
}


@dataclass
class Observations:
    """What one run of one portal saw. Reasons are those of ``NotAnArticle`` and ``crawling.failures``."""

    close_reason: str = "finished"
    listings_answered: int = 0
    links_found: int = 0
    stored: int = 0
    """Article pages that reached the database: new, changed, unchanged and duplicate ones."""
    new_or_changed: int = 0
    listings_failed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    """Article pages asked for the first time that gave no article."""
    refused_again: Counter[str] = field(default_factory=Counter)
    """Those that were kept from earlier runs and gave none this time either: old news."""
    sections_left: int = 0
    """Sections whose walk did not reach its end though nobody asked it to stop early."""
    knew_articles: bool = False
    first_words: str = ""
    """Words of the first listing failure."""


def judge(seen: Observations) -> tuple[Outcome, str | None]:
    """The outcome of a run and its reason in words (None where there is nothing to add)."""
    if seen.close_reason in _NOT_THE_PORTAL:
        outcome, words = _NOT_THE_PORTAL[seen.close_reason]
        return outcome, (seen.close_reason == "storage" and seen.first_words) or words
    if seen.listings_answered == 0:
        return _without_listings(seen)
    if seen.links_found == 0:
        return _without_links(seen)
    unparsed = sum(seen.refused[reason] for reason in _NOT_PARSED)
    unparsed_ever = unparsed + sum(seen.refused_again[reason] for reason in _NOT_PARSED)
    if seen.stored == 0 and unparsed and unparsed_ever >= FEWEST_TO_JUDGE:
        everything = seen.refused + seen.refused_again
        return "redesigned", f"none of {unparsed_ever} article pages parses: {in_words(everything)}"
    return _with_articles(seen)


def _without_listings(seen: Observations) -> tuple[Outcome, str]:
    reasons = set(seen.listings_failed)
    why = seen.first_words or "no listing answered"
    if reasons & _CHALLENGE:
        return "challenge", why
    if reasons & _BLOCKED:
        return "blocked", why
    if not reasons:
        return "error", f"closed before any listing answered: {_closed(seen)}"
    if all(reason in _GONE or reason.startswith("http-5") for reason in reasons):
        return "dead", why
    return "error", why


def _without_links(seen: Observations) -> tuple[Outcome, str]:
    if seen.knew_articles:
        return "redesigned", "listings answer but hold no article link where earlier runs found some"
    return "empty", "listings answer but hold no article link"


def _with_articles(seen: Observations) -> tuple[Outcome, str | None]:
    refused = in_words(seen.refused + seen.refused_again)
    transient = sum(seen.refused[reason] for reason in TRANSIENT)
    if seen.listings_failed:
        return "partial", f"listing pages failed: {in_words(seen.listings_failed)}"
    if seen.close_reason not in ("finished", "limit"):
        return "partial", f"closed early: {_closed(seen)}"
    if seen.sections_left:
        return "partial", f"{seen.sections_left} section(s) not walked to the end"
    if transient > MOST_TRANSIENT * (seen.stored + seen.refused.total()):
        return "partial", f"kept for the next run: {refused}"
    if seen.new_or_changed:
        return "ok", f"not stored: {refused}" if refused else None
    return "unchanged", f"not stored: {refused}" if refused else None


def _closed(seen: Observations) -> str:
    return _CLOSED.get(seen.close_reason, seen.close_reason)


def in_words(reasons: Counter[str]) -> str:
    """``challenge 1, http-404 2``: reasons by name, with their counts."""
    return ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()) if count)
