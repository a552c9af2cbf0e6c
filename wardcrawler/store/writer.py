"""Writer of everything that a portal's crawl brings, in batches.

An article, its page and its section's walk travel in one queue and are committed in one transaction, in the
order they came. So a kill at any moment leaves nothing marked as seen that is not stored.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlite_utils import Database

from wardcrawler.attachments.vault import StoredFile
from wardcrawler.items import Article, NormalText
from wardcrawler.store.database.clock import Clock, now
from wardcrawler.store.database.connection import transaction, translate_errors
from wardcrawler.store.tables import articles, attachments, listings, pages
from wardcrawler.store.tables.attachments import FileAnswer
from wardcrawler.store.tables.pages import PageOutcome
from wardcrawler.text.dates import is_relative


@dataclass(slots=True)
class Tally:
    """Counts of pages committed so far, by what they brought.

    ``new``: a text nobody had; ``changed``: another text on a page we know; ``corrected``: the same page of
    an archive, read otherwise than before; ``unchanged``: the same text;
    ``duplicates``: a new page with a text we have; ``failures``: no article; ``gone``: a page that was
    missed often enough; ``files``: addresses whose file was fetched.
    """

    new: int = 0
    changed: int = 0
    corrected: int = 0
    unchanged: int = 0
    duplicates: int = 0
    failures: int = 0
    gone: int = 0
    files: int = 0

    @property
    def stored(self) -> int:
        """The number of pages that brought an article."""
        return self.new + self.changed + self.corrected + self.unchanged + self.duplicates


Job = Callable[[sqlite3.Connection], PageOutcome | None]
"""A piece of work in the transaction of a batch; returns what to count it as, or None."""


class Writer:
    """A queue of what a crawl of ``site`` brings; each ``batch_size`` entries become one transaction.

    Every method raises ``DatabaseProblem`` when a batch cannot be committed. Nothing of the batch is in
    the database then and the queue is kept: a later ``flush`` tries again. Times are those of the call,
    not of the commit. ``run`` is the id in ``runs`` that new pages and walks are marked with.
    """

    def __init__(
        self, db: Database, site: str, *, run: int = 0, batch_size: int = 100, clock: Clock = now
    ) -> None:
        with translate_errors(db):
            if not db.execute("SELECT 1 FROM sites WHERE name = ?", (site,)).fetchone():
                raise ValueError(f"no row in sites for {site!r}: save_site comes first")
        self._db = db
        self._site = site
        self._run = run
        self._batch_size = batch_size
        self._clock = clock
        self._queue: list[Job] = []
        self.tally = Tally()

    def put(
        self,
        article: Article,
        http_status: int = 200,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """Queue an article that all pipelines have seen. Raises ``ValueError`` for one that lacks what
        they set, is of another site, or holds text that is not Unicode (lone surrogates).
        """
        normal = admit(article, self._site)
        answer = pages.Answer(self._clock(), http_status, etag, last_modified, self._run)
        self._enqueue(partial(_store, article=article, normal=normal, answer=answer))

    def put_failure(
        self, key: str, url: str, category: str | None, reason: str, http_status: int | None = None
    ) -> None:
        """Queue a page that gave no article: its address is kept for the next run (``CrawlState.failed``,
        or ``due`` where it holds an article, which stays), with one try more. Raises ``ValueError`` for what
        is not Unicode.
        """
        require_text(url, [key, reason], [category])
        failure = pages.Failure(self._site, key, url, category, reason, http_status, self._clock(), self._run)
        self._enqueue(partial(pages.store_failure, failure=failure))

    def confirm(self, key: str, http_status: int) -> None:
        """Queue that the server says of a known page that it did not change."""
        self._enqueue(
            partial(pages.confirm, site=self._site, key=key, at=self._clock(), http_status=http_status)
        )

    def miss(self, key: str) -> None:
        """Queue that the page answered, in a healthy run, that it is gone."""
        self._enqueue(partial(pages.miss, site=self._site, key=key, at=self._clock()))

    def put_file(
        self,
        url: str,
        stored: StoredFile,
        media_type: str,
        http_status: int | None,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        name: str | None = None,
    ) -> None:
        """Queue that the file at ``url`` is kept. It must be: the vault comes first. ``name`` is the one the
        server gave, or None.
        """
        answer = FileAnswer(self._clock(), http_status, etag, last_modified, name)
        self._enqueue(
            partial(attachments.store_file, url=url, stored=stored, media_type=media_type, answer=answer)
        )

    def confirm_file(self, url: str, sha256: str, etag: str | None, last_modified: str | None) -> None:
        """Queue that the server says of the file at ``url`` that it is the one we have from there."""
        answer = FileAnswer(self._clock(), 304, etag, last_modified)
        self._enqueue(partial(attachments.confirm_file, url=url, sha256=sha256, answer=answer))

    def fail_file(
        self, url: str, reason: str, http_status: int | None = None, *, is_try: bool = True
    ) -> None:
        """Queue why the file at ``url`` could not be fetched; ``is_try`` counts it as a try."""
        answer = FileAnswer(self._clock(), http_status)
        self._enqueue(partial(attachments.fail_file, url=url, reason=reason, answer=answer, is_try=is_try))

    def put_alias(self, key: str, url: str, of: str) -> None:
        """Queue that the address ``url`` leads to the article ``of``, a key. What was stored under ``key`` is
        that article's from now on.
        """
        require_text(url, [key, of], [])
        self._enqueue(
            partial(pages.alias, site=self._site, key=key, url=url, of=of, at=self._clock(), run=self._run)
        )

    def note_page(self, url: str, *, title: str) -> None:
        """Queue that a page of a menu lists no articles."""
        require_text(url, [title], [])
        self._enqueue(partial(listings.note_page, site=self._site, url=url, title=title, at=self._clock()))

    def end_look(self, nightly: Mapping[str, int]) -> None:
        """Queue that the portal was looked over: ``nightly`` are the addresses of the lists to walk every
        night, with the number of pages to read of each at least.
        """
        self._enqueue(partial(listings.end_look, site=self._site, nightly=dict(nightly), at=self._clock()))

    def open_listing(self, url: str, *, section: str, kind: str = "section") -> None:
        """Queue that a walk of the list at ``url`` begins."""
        self._enqueue(
            partial(
                listings.open_walk,
                site=self._site,
                url=url,
                section=section,
                at=self._clock(),
                run=self._run,
                kind=kind,
            )
        )

    def finish_listing(self, url: str, *, links: int = 0) -> None:
        """Queue that the walk of the section at ``url`` reached its end, or what was known before, and
        that all of its articles were put. ``links`` articles were named on its first page.
        """
        self._enqueue(partial(listings.finish_walk, site=self._site, url=url, at=self._clock(), links=links))

    def also(self, job: Job) -> None:
        """Queue ``job``, which runs in order with the rest; a failure of its own is for nobody to count."""
        self._enqueue(job)

    def flush(self) -> None:
        """Commit what is queued."""
        if not self._queue:
            return
        with transaction(self._db) as connection:
            outcomes = Counter(outcome for job in self._queue if (outcome := job(connection)))
        self._queue.clear()
        for outcome, count in outcomes.items():
            setattr(self.tally, outcome, getattr(self.tally, outcome) + count)

    def close(self) -> None:
        """Commit what is queued. The database stays open: it is the caller's."""
        self.flush()

    def _enqueue(self, job: Job) -> None:
        self._queue.append(job)
        if len(self._queue) >= self._batch_size:
            self.flush()


def _store(
    connection: sqlite3.Connection, article: Article, normal: NormalText, answer: pages.Answer
) -> PageOutcome:
    if article.published_at is None or is_relative(article.date_text or ""):
        _keep_date(connection, article)
    article_id, is_new = articles.store(connection, article, normal, answer.at)
    outcome = pages.store(connection, article, article_id, answer, is_new=is_new)
    if article.missing_pages:
        pages.mark_incomplete(connection, article, answer)
    return outcome


def _keep_date(connection: sqlite3.Connection, article: Article) -> None:
    """Give ``article``, whose page tells no day now or counts it back, the date that the page gave before: an
    edit changes the text, not when it was published.
    """
    known = pages.date_of(connection, site=article.site, key=article.key)
    if known is not None:
        article.published_at, article.date_precision, article.date_source, article.date_text = known
        article.date_reason = None


def admit(article: Article, site: str) -> NormalText:
    """Return the normal text of ``article``, which may be queued: one bad value would make SQLite refuse a
    whole batch, again and again.

    Raises ``ValueError`` unless the article is of ``site``, has passed all pipelines, and is Unicode text.
    """
    if article.site != site:
        raise ValueError(f"{article.url!a} is of site {article.site!r}, not {site!r}")
    if not article.key or not article.content_hash or article.normal is None:
        raise ValueError(f"{article.url!a} lacks its key, content_hash or normal text")
    files = [text for file in article.attachments for text in (file.url, file.filename, file.label)]
    pictures = [text for image in article.images for text in (image.url, image.caption, image.alt)]
    require_text(
        article.url,
        required=[
            article.key,
            article.title,
            article.body,
            article.html,
            article.date_source,
            article.extraction,
            *files,
        ],
        optional=[
            article.title_printed,
            article.lead,
            article.author,
            article.source,
            article.category,
            article.published_at,
            article.date_precision,
            article.date_text,
            article.date_reason,
            *pictures,
        ],
    )
    return article.normal


def require_text(url: str, required: list[str], optional: list[str | None]) -> None:
    """Raise ``ValueError``, naming ``url``, unless all strings are Unicode text.

    Python's strings may hold lone surrogates ("\\ud800" in a page's JSON, for one); UTF-8 cannot.
    """
    try:
        "".join([url, *required, *(text for text in optional if text is not None)]).encode()
    except (TypeError, UnicodeEncodeError) as error:
        raise ValueError(f"{url!a} cannot be stored: {error}") from None
