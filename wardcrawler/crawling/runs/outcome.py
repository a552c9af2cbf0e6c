"""The outcome of a run, judged from what was counted: one word, and the reason; the result as it is told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Literal

from wardcrawler.crawling.reasons import (
    CLOSED_AS_UNAVAILABLE,
    CLOSED_FOR_REST,
    LIMIT,
    OFFSITE,
    PERIOD,
    TRANSIENT,
    UNREACHABLE,
)
from wardcrawler.pipelines.observations import ARCHIVE_FAILED, STORAGE_FAILED, Observations
from wardcrawler.store.tables.runs import COUNTS

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
_BLOCKED = frozenset({"blocked", "robots", "tls", "http-401", "http-403", "http-429", "http-451"})
_GONE = UNREACHABLE | {"http-404", "http-410", OFFSITE}
_NOT_PARSED = frozenset({"no-title", "no-body", "listing", "parser-error", "soft-error", "document"})

_NOT_MISSING = frozenset({LIMIT, PERIOD, OFFSITE})
"""Reasons why what was left out makes no run partial: a person asked so, or it is another office's. Where
most is on other hosts, see ``_with_articles``.
"""

FEWEST_ELSEWHERE = 3
"""One or two addresses on another host are some other office's news."""

FEWEST_TO_JUDGE = 3
"""So many article pages must have been read before 'none of them parses' speaks of a redesign."""


MOST_TRANSIENT = 0.1
"""The share of article pages that may fail for a passing reason before a run counts as partial. A page that
answers 500 for ever, as most portals have one, must not wake a person every night.
"""


FEWEST_CHANGED, MOST_CHANGED = 10, 0.8
"""So many known pages must show another text, and so large a share of those read again, before it is the
layout that changed rather than the articles.
"""


GIVEN_UP = "given-up"
"""The close reason of a crawl that was told to close and did not."""

_NOT_EARLY = ("finished", "limit")
"""Close reasons of a crawl that came to its end."""

_CLOSED_EARLY = {
    "closespider_timeout": "its time was up; the next run goes on",
    "closespider_pagecount": "it asked for as many pages as a run may; the next run goes on",
}


def judge(seen: Observations) -> tuple[Outcome, str | None]:
    """Judge the outcome of a run; return it and the reason in words, None where there is nothing to add."""
    if closed := _closed(seen):
        return closed
    if seen.listings_answered == 0:
        return _without_listings(seen)
    if seen.links_found == 0:
        return _without_links(seen)
    if words := _redesign(seen):
        return "redesigned", words
    return _with_articles(seen)


def _closed(seen: Observations) -> tuple[Outcome, str] | None:
    if seen.close_reason in (STORAGE_FAILED, ARCHIVE_FAILED):
        # Of a crawl whose archive is full, what is stored is right, and the next run goes on.
        is_partial = seen.close_reason == ARCHIVE_FAILED and seen.stored
        return "partial" if is_partial else "error", seen.first_words or "the database could not be written"
    if seen.close_reason == "shutdown":
        return "interrupted", "stopped by a person or the system; what was stored stays"
    if seen.close_reason == GIVEN_UP:
        return "error", "it was told to close when its time was up, and did not"
    if seen.close_reason == CLOSED_FOR_REST:
        return "blocked", seen.close_words
    if seen.close_reason == CLOSED_AS_UNAVAILABLE:
        return ("partial" if seen.listings_answered else "dead"), seen.close_words
    return None


def _redesign(seen: Observations) -> str | None:
    """Why a portal whose listings answer must look otherwise than before, in words; None if it need not."""
    new, again, known = (
        sum(refused[reason] for reason in _NOT_PARSED)
        for refused in (seen.refused, seen.refused_again, seen.refused_known)
    )
    if seen.stored == 0 and (new or known >= FEWEST_TO_JUDGE) and new + again + known >= FEWEST_TO_JUDGE:
        return f"none of {new + again + known} article pages parses: {in_words(seen.all_refused())}"
    read_again = seen.changed + seen.unchanged
    if seen.changed >= FEWEST_CHANGED and seen.changed >= MOST_CHANGED * read_again:
        return (
            f"{seen.changed} of {read_again} known pages show another text than before; "
            "the earlier texts are kept in revisions"
        )
    return None


def _without_listings(seen: Observations) -> tuple[Outcome, str]:
    reasons = set(seen.listings_failed)
    why = seen.first_words or "no listing answered"
    if OFFSITE in reasons:
        why = _with_remedy(why, seen)
    if reasons & _CHALLENGE:
        return "challenge", why
    if reasons & _BLOCKED:
        return "blocked", why
    if not reasons:
        return "error", f"closed before any listing answered: {_why_closed(seen)}"
    if all(reason in _GONE or reason.startswith("http-5") for reason in reasons):
        return "dead", why
    return "error", why


def _without_links(seen: Observations) -> tuple[Outcome, str]:
    led = ""
    if seen.links_elsewhere:
        led = _with_remedy(f"; most of their links lead to {hosts_in_words(seen.links_elsewhere)}", seen)
    if seen.knew_articles:
        return "redesigned", f"listings answer but hold no article link where earlier runs found some{led}"
    return "empty", f"listings answer but hold no article link{led}"


def _with_articles(seen: Observations) -> tuple[Outcome, str | None]:
    is_elsewhere = is_most(seen.listed_elsewhere, seen.listed)
    elsewhere = _elsewhere(seen) if is_elsewhere or seen.is_at_alias else None
    if is_elsewhere and not seen.stored and not seen.covered:
        return "dead", elsewhere
    if words := "; ".join(filter(None, (_why_partial(seen), elsewhere, _left_out(seen)))):
        return "partial", words
    return "ok" if seen.new_or_changed else "unchanged", "; ".join(_not_stored(seen)) or None


def _not_stored(seen: Observations) -> Iterator[str]:
    """Say what is missing for good, in words, and what else a person is to know."""
    if seen.note:
        yield seen.note
    if refused := seen.all_refused():
        yield f"not stored: {in_words(refused)}"
    if seen.elsewhere:
        yield f"on other hosts: {hosts_in_words(seen.elsewhere)}"
    if seen.left_alone:
        yield f"failed too often to be asked for again this month: {in_words(seen.left_alone)}"
    if seen.left_out[OFFSITE]:
        yield f"links to other hosts not followed: {seen.left_out[OFFSITE]}"


def _elsewhere(seen: Observations) -> str:
    some = seen.elsewhere.total()
    words = f"of {max(some, seen.seen)} articles seen, {some} are on hosts that the portal does not declare"
    return _with_remedy(f"{words}: {hosts_in_words(seen.elsewhere)}", seen)


def _with_remedy(words: str, seen: Observations) -> str:
    return f"{words}; {seen.remedy}" if seen.remedy else words


def _left_out(seen: Observations) -> str | None:
    """Say what was left out that nobody asked to leave out, and how to get it; None for nothing. What a run
    that was closed early did not come to has no words: the next run goes on.
    """
    is_closed_early = seen.close_reason not in _NOT_EARLY
    told = [
        f"{count} address{'es' if count > 1 else ''} left out: {seen.left_out_words.get(reason, reason)}"
        for reason, count in sorted(seen.left_out.items())
        if reason not in _NOT_MISSING and (reason in seen.left_out_words or not is_closed_early)
    ]
    return "; ".join(told) or None


def _why_partial(seen: Observations) -> str | None:
    if seen.listings_failed:
        words = f"listing pages failed: {in_words(seen.listings_failed)}"
        return _with_remedy(words, seen) if seen.listings_failed[OFFSITE] else words
    if seen.close_reason not in _NOT_EARLY:
        return f"closed early: {_why_closed(seen)}"
    if seen.sections_left:
        return f"{seen.sections_left} section(s) not walked to the end"
    if seen.fallen:
        return f"far fewer articles listed than usual: {'; '.join(seen.fallen)}"
    transient = sum(seen.refused[reason] + seen.refused_known[reason] for reason in TRANSIENT)
    asked = seen.stored + seen.refused.total() + seen.refused_known.total()
    if transient > MOST_TRANSIENT * asked:
        return f"kept for the next run: {in_words(seen.all_refused())}"
    return None


def is_most(some: int, all_of_them: int) -> bool:
    """Tell whether ``some`` are all, or at least half and at least three."""
    return some > 0 and (some >= all_of_them or (some >= FEWEST_ELSEWHERE and 2 * some >= all_of_them))


def hosts_in_words(hosts: Counter[str]) -> str:
    """``www.a.vn 12, b.vn 1``: hosts by how often they are named."""
    return ", ".join(f"{host} {count}" for host, count in hosts.most_common())


def _why_closed(seen: Observations) -> str:
    return _CLOSED_EARLY.get(seen.close_reason, seen.close_reason)


def in_words(reasons: Counter[str]) -> str:
    """``challenge 1, http-404 2``: reasons by name, with their counts."""
    return ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()) if count)


@dataclass
class RunResult:
    """The end of a run, as its row in ``runs`` tells it; ``refused`` counts pages by reason,
    ``left_out`` addresses that were seen and not asked for; of all ``seen``, ``covered`` hold an article.
    """

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
    seen: int = 0
    covered: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
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
