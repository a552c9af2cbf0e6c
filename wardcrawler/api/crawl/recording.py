"""The archive, WACZ or WARC, that a crawl or a preservation run writes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from scrapy.settings import Settings

from wardcrawler.archives.recording import lifecycle
from wardcrawler.archives.recording.archive import Purpose, count_left_out, default_path, describe_left_out
from wardcrawler.crawling.runs.outcome import RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.store import Database


class Recording:
    """The archive that one crawl writes, begun before it and made at its end.

    A crawl's archive is made however its portals ended; that of a preservation (``purpose`` "archive") when
    all of them are whole in it, or at once with ``close``. ``path`` None names it after ``name``, the day and
    the database's folder, or goes on with an unfinished one of the same portals.

    After :meth:`finish`, ``files`` is what was made, ``left_out`` says in words what is not in it, or is
    None, and ``unfinished`` names the portals that are not whole.
    """

    def __init__(
        self,
        path: Path | None,
        purpose: Purpose,
        *,
        db_path: Path,
        name: str = "",
        close: bool = False,
    ) -> None:
        self._path = path
        self._purpose = purpose
        self._db_path = db_path
        self._name = name
        self._close = close
        self.files: list[Path] = []
        self.left_out: str | None = None
        self.unfinished: list[str] = []

    def begin(self, db: Database, portals: Sequence[type[Portal]], settings: Settings) -> list[type[Portal]]:
        """Begin the archive, or go on with what an earlier run left; return the portals to crawl for it.

        ``settings`` are changed so that crawls write into it. Raises ``DatabaseProblem``.
        """
        named = {portal.name: (portal.title, portal.base_url) for portal in portals}
        path = self._path
        if path is None:
            path = default_path(db, self._db_path.absolute(), list(named), self._name)
        self._archive = lifecycle.begin(db, path, self._purpose, named, settings)
        if self._purpose == "crawl":
            return list(portals)
        return [portal for portal in portals if portal.name not in self._archive.done]

    def finish(self, db: Database, results: Sequence[RunResult], warn: Callable[[str], None]) -> None:
        """Make the file, if it is time to; else tell ``warn`` why not. Raises ``DatabaseProblem``."""
        archive = self._archive
        if any(result.exit_code for result in results):
            warn(f"{archive.path} is unfinished; what was captured is in {archive.parts}")
            return
        if self._purpose == "archive":
            self.unfinished = lifecycle.missing_portals(db, archive)
            if self.unfinished and not self._close:
                warn(
                    f"{archive.path} is unfinished: {_some(self.unfinished)} not archived whole; run the "
                    "same command again to go on, or with --close to make do. So far it is in "
                    f"{archive.parts}"
                )
                return
        self.left_out = describe_left_out(count_left_out(db, archive)) or None
        self.files = lifecycle.finish(db, archive)
        if not self.files:
            warn(f"{archive.path} was not made: nothing was captured")


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
