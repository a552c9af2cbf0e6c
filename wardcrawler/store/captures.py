"""Captures of pages, from archives, stored into a history that may go on since.

The history of a page is a row of texts, each from the moment it was first seen: ``pages.first_seen``, then
``seen_at`` of its ``revisions``. A capture falls into one of three times:

- after the page was last seen: it is what a crawl would have brought then;
- before the page was first seen, or between two texts: the history gains its beginning, or what was missed;
- when the database knows what the page showed, because the crawl that made the capture stored it, or an
  earlier reading of the archive did: the page is read anew. A text that differs then is another reading of
  the same page, and no edit: it takes the place of the one known, without a row in ``revisions``.
"""

import sqlite3
from dataclasses import dataclass

from wardcrawler.items import Article, NormalText
from wardcrawler.store.tables import articles, listings, pages
from wardcrawler.store.tables.pages import Answer, Failure, PageOutcome


@dataclass(frozen=True, slots=True)
class Capture:
    """The capture of a page: when it was made and what the server said. ``until`` is the end of the crawl of
    this database that made it (what that crawl stored of the page it stored by then), else ``at``. Times are
    ISO 8601 with +07:00.
    """

    answer: Answer
    until: str

    @property
    def at(self) -> str:
        """The time of the capture."""
        return self.answer.at

    def covers(self, moment: str | None) -> bool:
        """Return whether what was seen at ``moment`` is what this capture shows."""
        return moment is not None and self.at <= moment <= self.until


@dataclass(frozen=True, slots=True)
class _Text:
    """One of the texts of a page, since when, and the id of the revision that ended it (None: none did)."""

    article_id: int
    since: str
    ended_by: int | None


@dataclass(frozen=True, slots=True)
class _Page:
    site: str
    key: str
    article_id: int | None
    published_at: str | None
    first_seen: str
    last_seen: str | None
    checked_at: str


def begin(connection: sqlite3.Connection) -> None:
    """Begin a reading of archives: each text is read anew at most once in it, by its first capture; later
    captures add what it lacks.
    """
    connection.execute("DROP TABLE IF EXISTS temp.reread")
    connection.execute("CREATE TEMP TABLE reread(article_id INTEGER PRIMARY KEY)")


def store(
    connection: sqlite3.Connection, article: Article, normal: NormalText, capture: Capture
) -> PageOutcome:
    """Store that the page showed ``article`` when it was captured. :func:`begin` comes first.

    Return what a crawl would have returned, or "corrected" for a page that was read anew and gave another
    text. Whatever a later fetch said of the page stays.
    """
    page = _page(connection, article.site, article.key)
    article_id, is_new = _store_text(connection, article, normal, capture, page)
    if page is None:
        return _store_first(connection, article, article_id, capture, is_new=is_new)
    if page.article_id is None or page.last_seen is None or capture.at > page.last_seen:
        return _store_latest(connection, article, article_id, capture, page, is_new=is_new)
    texts = _texts(connection, page)
    if capture.until < texts[0].since:
        return _store_earliest(connection, page, article_id, capture)
    place = max(index for index, text in enumerate(texts) if text.since <= capture.until)
    text = texts[place]
    _update_page(
        connection,
        article,
        was_brought=capture.covers(texts[-1].since),
        is_shown=text.ended_by is None,
    )
    if text.article_id == article_id:
        return "unchanged"
    is_known = capture.until > capture.at or text.since == capture.at
    if text.ended_by is not None and not is_known:
        return _store_between(connection, page, text, texts[place + 1], article_id, capture)
    return _correct(connection, page, texts, place, article_id)


def store_incomplete(
    connection: sqlite3.Connection, article: Article, normal: NormalText, capture: Capture
) -> PageOutcome:
    """Store, as :func:`store` does, an ``article`` that lacks some of its pages; where the page holds one,
    which may be whole, that stays.
    """
    page = _page(connection, article.site, article.key)
    if page is not None and page.article_id is not None:
        return "failures"
    article_id, is_new = _store_text(connection, article, normal, capture, page)
    if page is None:
        outcome = _store_first(connection, article, article_id, capture, is_new=is_new)
    else:
        outcome = _store_latest(connection, article, article_id, capture, page, is_new=is_new)
    pages.mark_incomplete(connection, article, capture.answer)
    return outcome


def confirm(connection: sqlite3.Connection, *, site: str, key: str, at: str) -> PageOutcome | None:
    """Store that the server said that a known page was as before (304). Return None where it is not news."""
    page = _page(connection, site, key)
    if page is None or page.last_seen is None or at <= max(page.last_seen, page.checked_at):
        return None
    return pages.confirm(connection, site=site, key=key, at=at, http_status=304)


def store_failure(connection: sqlite3.Connection, failure: Failure) -> PageOutcome:
    """Store the address of a page that gave no article, as a crawl does. What is known of it stays."""
    page = _page(connection, failure.site, failure.key)
    if page is None:
        pages.store_failure(connection, failure)
    elif page.article_id is None and page.checked_at < failure.at:
        connection.execute(
            "UPDATE pages SET failure = ?, http_status = ?, checked_at = ? WHERE site = ? AND key = ?",
            (failure.reason, failure.http_status, failure.at, failure.site, failure.key),
        )
    return "failures"


# --- the history of a page ----------------------------------------------------------------------------------


def _page(connection: sqlite3.Connection, site: str, key: str) -> _Page | None:
    row = connection.execute(
        "SELECT article_id, published_at, first_seen, last_seen, checked_at FROM pages "
        "WHERE site = ? AND key = ?",
        (site, key),
    ).fetchone()
    return _Page(site, key, *row) if row else None


def _texts(connection: sqlite3.Connection, page: _Page) -> list[_Text]:
    """Read the texts of a page that holds an article, the earliest first."""
    assert page.article_id is not None  # noqa: S101
    since, found = page.first_seen, []
    for revision, article_id, seen_at in connection.execute(
        "SELECT id, article_id, seen_at FROM revisions WHERE site = ? AND key = ? ORDER BY seen_at, id",
        (page.site, page.key),
    ):
        found.append(_Text(article_id, since, revision))
        since = seen_at
    return [*found, _Text(page.article_id, since, None)]


def _store_first(
    connection: sqlite3.Connection, article: Article, article_id: int, capture: Capture, *, is_new: bool
) -> PageOutcome:
    """Store a capture of a page that nobody knew."""
    listings.reopen(connection, site=article.site, at=capture.at, run=capture.answer.run)
    return pages.store(connection, article, article_id, capture.answer, is_new=is_new)


def _store_latest(
    connection: sqlite3.Connection,
    article: Article,
    article_id: int,
    capture: Capture,
    page: _Page,
    *,
    is_new: bool,
) -> PageOutcome:
    """Store a capture made after the page was last seen, as a crawl would. If the page was asked for in vain
    since, what came of that stays; a page without an article until now is due again then.
    """
    kept = connection.execute(
        "SELECT checked_at, http_status, coalesce(recheck_at, checked_at), missing, gone_at, failure, tries "
        "FROM pages WHERE site = ? AND key = ?",
        (page.site, page.key),
    ).fetchone()
    outcome = pages.store(connection, article, article_id, capture.answer, is_new=is_new)
    connection.execute(
        "UPDATE pages SET first_seen = min(first_seen, ?) WHERE site = ? AND key = ?",
        (capture.at, page.site, page.key),
    )
    if page.checked_at > capture.until:
        connection.execute(
            "UPDATE pages SET checked_at = ?, http_status = ?, recheck_at = ?, missing = ?, gone_at = ?, "
            "failure = ?, tries = ? WHERE site = ? AND key = ?",
            (*kept, page.site, page.key),
        )
    return outcome


def _store_earliest(
    connection: sqlite3.Connection, page: _Page, article_id: int, capture: Capture
) -> PageOutcome:
    """Store a capture made before anybody saw the page."""
    first = _texts(connection, page)[0]
    connection.execute(
        "UPDATE pages SET first_seen = ? WHERE site = ? AND key = ?", (capture.at, page.site, page.key)
    )
    if first.article_id == article_id:
        return "unchanged"
    _add_revision(connection, page, article_id, first.article_id, first.since)
    connection.execute(
        "UPDATE pages SET changed_at = coalesce(changed_at, ?) WHERE site = ? AND key = ?",
        (first.since, page.site, page.key),
    )
    return "changed"


def _store_between(
    connection: sqlite3.Connection,
    page: _Page,
    before: _Text,
    after: _Text,
    article_id: int,
    capture: Capture,
) -> PageOutcome:
    """Store a capture made after ``before`` was first seen and before ``after`` was."""
    if after.article_id == article_id:  # the edit was older than anybody knew
        connection.execute("UPDATE revisions SET seen_at = ? WHERE id = ?", (capture.at, before.ended_by))
        return "unchanged"
    _add_revision(connection, page, before.article_id, article_id, capture.at)
    connection.execute("UPDATE revisions SET article_id = ? WHERE id = ?", (article_id, before.ended_by))
    return "changed"


def _correct(
    connection: sqlite3.Connection, page: _Page, texts: list[_Text], place: int, article_id: int
) -> PageOutcome:
    """Replace the text at ``place`` by ``article_id``: it always was that, and only read otherwise. An edit
    that leads from a text to itself was none.
    """
    text = texts[place]
    if text.ended_by is None:
        connection.execute(
            "UPDATE pages SET article_id = ? WHERE site = ? AND key = ?", (article_id, page.site, page.key)
        )
    else:
        connection.execute("UPDATE revisions SET article_id = ? WHERE id = ?", (article_id, text.ended_by))
    if place:
        connection.execute(
            "UPDATE revisions SET replaced_by = ? WHERE id = ?", (article_id, texts[place - 1].ended_by)
        )
    connection.execute(
        "DELETE FROM revisions WHERE site = ? AND key = ? AND article_id = replaced_by",
        (page.site, page.key),
    )
    return "corrected"


def _add_revision(
    connection: sqlite3.Connection, page: _Page, article_id: int, replaced_by: int, seen_at: str
) -> None:
    connection.execute(
        "INSERT INTO revisions(site, key, article_id, replaced_by, seen_at) VALUES (?, ?, ?, ?, ?)",
        (page.site, page.key, article_id, replaced_by, seen_at),
    )
    connection.execute(
        "UPDATE articles SET last_changed = max(last_changed, ?) WHERE id = ?", (seen_at, replaced_by)
    )


def _update_page(
    connection: sqlite3.Connection, article: Article, *, was_brought: bool, is_shown: bool
) -> None:
    """Update what the page says besides its text. The capture that brought the text it shows now decides;
    others add what is missing. How that text was read is told by its last reading: of whichever capture
    shows it.
    """
    extraction = article.extraction if is_shown else None
    if was_brought:
        connection.execute(
            "UPDATE pages SET url = ?, category = coalesce(?, category), published_at = ?, "
            "extraction = coalesce(?, extraction) WHERE site = ? AND key = ?",
            (article.url, article.category, article.published_at, extraction, article.site, article.key),
        )
    else:
        connection.execute(
            "UPDATE pages SET category = coalesce(category, ?), published_at = coalesce(published_at, ?), "
            "extraction = coalesce(?, extraction) WHERE site = ? AND key = ?",
            (article.category, article.published_at, extraction, article.site, article.key),
        )


# --- texts -------------------------------------------------------------------------------------------------


def _store_text(
    connection: sqlite3.Connection, article: Article, normal: NormalText, capture: Capture, page: _Page | None
) -> tuple[int, bool]:
    """Store the text; return the id of its article, and whether that is a new row. The capture that once
    brought a text decides what else is known of it; others add what it lacks, as in a crawl.
    """
    row = connection.execute(
        "SELECT id, first_seen, published_at FROM articles WHERE content_hash = ?", (article.content_hash,)
    ).fetchone()
    if row is not None and capture.covers(row[1]) and page is not None and _note_reading(connection, row[0]):
        articles.rewrite(
            connection,
            article,
            row[0],
            is_shared=pages.is_on_others(connection, row[0], site=page.site, key=page.key),
            has_own_date=page.published_at == row[2],
        )
    article_id, is_new = articles.store(connection, article, normal, capture.at)
    if is_new:
        _note_reading(connection, article_id)
    elif row is not None and capture.until < row[1]:
        connection.execute("UPDATE articles SET first_seen = ? WHERE id = ?", (capture.at, article_id))
    return article_id, is_new


def _note_reading(connection: sqlite3.Connection, article_id: int) -> bool:
    """Note that the text was read; return whether it was for the first time since :func:`begin`."""
    return bool(connection.execute("INSERT OR IGNORE INTO temp.reread VALUES (?)", (article_id,)).rowcount)
