"""Merging ``pages`` and ``revisions``: the last word on an address, and all it ever showed."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from wardcrawler.store.merging.runs import RunNumbers
from wardcrawler.store.tables.pages import next_check


class Sighting(NamedTuple):
    """A look at a page: at a time (ISO 8601, +07:00) it showed a text (our ``articles.id``)."""

    at: str
    article_id: int


class Revision(NamedTuple):
    """A row of ``revisions``: the text of before, the one that replaced it, and when that was first seen."""

    article_id: int
    replaced_by: int
    seen_at: str


def sightings(
    first_seen: str, last_seen: str | None, shown: int, revisions: Sequence[Revision]
) -> list[Sighting]:
    """Return what one database saw: each text when it was first seen, and the one it shows now when that was
    last seen.
    """
    first = revisions[0].article_id if revisions else shown
    changes = [Sighting(revision.seen_at, revision.replaced_by) for revision in revisions]
    return [Sighting(first_seen, first), *changes, Sighting(last_seen or first_seen, shown)]


def merge_sightings(
    ours: list[Sighting], theirs: list[Sighting], tie: Callable[[int], str]
) -> list[Sighting]:
    """Return all sightings in order of time. Of two texts in one second ``tie`` decides, a property of the
    text that is the same in every database.
    """
    if set(theirs) <= set(ours):
        return ours
    if set(ours) <= set(theirs):
        return theirs
    return sorted({*ours, *theirs}, key=lambda sighting: (sighting.at, tie(sighting.article_id)))


def revisions_of(seen: Iterable[Sighting]) -> list[Revision]:
    """Return a revision wherever the text is another than before."""
    found: list[Revision] = []
    before: Sighting | None = None
    for sighting in seen:
        if before is not None and sighting.article_id != before.article_id:
            found.append(Revision(before.article_id, sighting.article_id, sighting.at))
        before = sighting
    return found


class _Page(NamedTuple):
    """A row of ``pages``, with our numbers of article and run."""

    site: str
    key: str
    url: str
    article_id: int | None
    category: str | None
    published_at: str | None
    first_seen: str
    last_seen: str | None
    checked_at: str
    etag: str | None
    last_modified: str | None
    http_status: int | None
    gone_at: str | None
    failure: str | None
    tries: int
    changed_at: str | None
    recheck_at: str | None
    missing: int
    first_run: int
    alias_of: str | None
    extraction: str | None


_NAMES = ", ".join(_Page._fields)
_PUT = f"INSERT INTO main.pages({_NAMES}) VALUES ({', '.join('?' for _ in _Page._fields)})"
_REVISIONS = (
    "SELECT article_id, replaced_by, seen_at FROM {}.revisions "
    "WHERE site = ? AND key = ? ORDER BY seen_at, id"
)


class Change(NamedTuple):
    """The result of merging one page; ``revisions`` counts those that are new."""

    is_new: bool
    is_changed: bool
    revisions: int


def merge_pages(connection: sqlite3.Connection, runs: RunNumbers) -> Iterator[Change]:
    """Merge pages and revisions, after runs and articles; yield what each of theirs brought."""
    connection.execute("CREATE TEMP TABLE replacing(id INTEGER PRIMARY KEY)")
    for row in connection.execute(f"SELECT {_NAMES} FROM other.pages ORDER BY site, key"):
        page = _Page(*row)
        theirs = page._replace(
            article_id=page.article_id and _article(connection, page.article_id),
            first_run=runs.ours(page.site, page.first_run),
        )
        known = connection.execute(
            f"SELECT {_NAMES} FROM main.pages WHERE site = ? AND key = ?", (theirs.site, theirs.key)
        ).fetchone()
        their_revisions = [
            Revision(_article(connection, before), _article(connection, after), seen_at)
            for before, after, seen_at in connection.execute(_REVISIONS.format("other"), theirs[:2])
        ]
        if known is not None and theirs.alias_of is not None:
            yield Change(False, False, 0)  # what a page showed counts for more than where it led
        elif known is None or _Page(*known).alias_of is not None:
            _put(connection, known and _Page(*known), theirs)
            _put_revisions(connection, theirs, [], their_revisions)
            yield Change(known is None, known is not None, len(their_revisions))
        else:
            yield _merge(connection, _Page(*known), theirs, their_revisions)


def _merge(
    connection: sqlite3.Connection, ours: _Page, theirs: _Page, their_revisions: list[Revision]
) -> Change:
    our_revisions = [Revision(*row) for row in connection.execute(_REVISIONS.format("main"), ours[:2])]
    seen = merge_sightings(
        _sightings(connection, ours, our_revisions),
        _sightings(connection, theirs, their_revisions),
        lambda article: _hash(connection, article),
    )
    revisions = revisions_of(seen)
    shown = seen[-1].article_id if seen else None
    page = _state(ours, theirs, shown, revisions[-1].seen_at if revisions else None)
    _put(connection, ours, page)
    _put_revisions(connection, ours, our_revisions, revisions)
    return Change(False, page != ours, len(set(revisions) - set(our_revisions)))


def _sightings(connection: sqlite3.Connection, page: _Page, revisions: list[Revision]) -> list[Sighting]:
    """Return what one of both saw there. A page may have failed before it ever gave its first text; that was
    not there before anybody saw it anywhere.
    """
    if page.article_id is None:
        return []
    first = revisions[0].article_id if revisions else page.article_id
    (seen_anywhere,) = connection.execute(
        "SELECT first_seen FROM main.articles WHERE id = ?", (first,)
    ).fetchone()
    return sightings(max(page.first_seen, seen_anywhere), page.last_seen, page.article_id, revisions)


def _state(ours: _Page, theirs: _Page, shown: int | None, changed_at: str | None) -> _Page:
    """Return the page as one database would have it that was there at all times when one of both was."""
    before, after = sorted((ours, theirs), key=_checked)
    earlier, later = sorted((ours, theirs), key=_seen)
    first = min(ours, theirs, key=lambda page: page.first_seen)  # ours, where both saw it in one second
    page = after._replace(
        url=later.url if shown else after.url,
        article_id=shown,
        category=after.category or before.category,
        published_at=later.published_at or earlier.published_at,
        first_seen=first.first_seen,
        first_run=first.first_run,
        last_seen=later.last_seen,
        etag=later.etag,
        last_modified=later.last_modified,
        changed_at=changed_at,
        extraction=_extraction(shown, later, earlier),
    )
    return page._replace(recheck_at=_due(after, page))


def _extraction(shown: int | None, later: _Page, earlier: _Page) -> str | None:
    """Return how the text ``shown`` was read, by the word of the one that saw it last and noted it."""
    known = (page.extraction for page in (later, earlier) if page.article_id == shown and page.extraction)
    return next(known, None)


def _due(after: _Page, page: _Page) -> str | None:
    """Return when the page is due again: as was said last, unless that did not know all of its story."""
    if page.article_id is None:
        return None
    if after.article_id is None:  # it failed where nobody knew that it holds an article
        return page.checked_at
    if page.failure or page.gone_at or page.missing:
        return after.recheck_at
    if (after.first_seen, after.changed_at) == (page.first_seen, page.changed_at):
        return after.recheck_at
    return next_check(
        page.checked_at,
        changed_at=page.changed_at,
        first_seen=page.first_seen,
        published_at=page.published_at,
    )


def _checked(page: _Page) -> tuple[str, ...]:
    return (page.checked_at, *map(str, _without_numbers(page)))


def _seen(page: _Page) -> tuple[str, ...]:
    return (page.last_seen or "", *map(str, _without_numbers(page)))


def _without_numbers(page: _Page) -> _Page:
    """Return what is the same in every database, so that of equal times the same page wins in each."""
    return page._replace(article_id=None, first_run=0)


def _put(connection: sqlite3.Connection, ours: _Page | None, page: _Page) -> None:
    if ours is None:
        connection.execute(_PUT, page)
    elif page != ours:
        sets = ", ".join(f"{name} = ?" for name in _Page._fields)
        connection.execute(
            f"UPDATE main.pages SET {sets} WHERE site = ? AND key = ?", (*page, page.site, page.key)
        )


def _put_revisions(
    connection: sqlite3.Connection, page: _Page, ours: list[Revision], revisions: list[Revision]
) -> None:
    if revisions == ours:
        return
    connection.execute("DELETE FROM main.revisions WHERE site = ? AND key = ?", (page.site, page.key))
    connection.executemany(
        "INSERT INTO main.revisions(site, key, article_id, replaced_by, seen_at) VALUES (?, ?, ?, ?, ?)",
        [(page.site, page.key, *revision) for revision in revisions],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO temp.replacing VALUES (?)", [(revision.replaced_by,) for revision in revisions]
    )


def _article(connection: sqlite3.Connection, old: int) -> int:
    (new,) = connection.execute("SELECT new FROM article_map WHERE old = ?", (old,)).fetchone()
    return int(new)


def _hash(connection: sqlite3.Connection, article: int) -> str:
    row = connection.execute("SELECT content_hash FROM main.articles WHERE id = ?", (article,)).fetchone()
    return str(row[0])
