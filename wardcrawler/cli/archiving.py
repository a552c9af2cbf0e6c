"""What a crawl that writes an archive does before and after, and says."""

from collections.abc import Sequence
from pathlib import Path

from scrapy.settings import Settings

from wardcrawler.archives.recording import lifecycle
from wardcrawler.archives.recording.archive import Archive, Purpose, default_path
from wardcrawler.archives.recording.description import count_left_out, describe_left_out
from wardcrawler.cli.options import complain
from wardcrawler.crawling.runs.result import RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.store import Database


class Archiving:
    """One archive of one command. ``path`` None names it after ``name``, the day and the database's folder.

    A crawl's archive is made at its end, however its portals ended; a preservation's when all of them are
    whole in it, or at once with ``close``. ``files`` is what was made; ``words`` what there is to say.
    """

    def __init__(
        self,
        path: Path | None,
        purpose: Purpose,
        *,
        db_path: Path | None = None,
        name: str = "",
        close: bool = False,
    ) -> None:
        self._path = path
        self._purpose = purpose
        self._db_path = db_path
        self._name = name
        self._close = close
        self._archive: Archive | None = None
        self.files: list[Path] = []
        self.left_out: str | None = None
        self.unfinished: list[str] = []

    def begin(self, db: Database, portals: Sequence[type[Portal]], settings: Settings) -> list[type[Portal]]:
        """Begin, or go on with what an earlier run left; the portals that are to be crawled for it.

        Raises ``DatabaseProblem``.
        """
        named = {portal.name: (portal.title, portal.base_url) for portal in portals}
        path = self._path
        if path is None:
            assert self._db_path is not None  # noqa: S101
            path = default_path(db, self._db_path.absolute(), list(named), self._name)
        self._archive = lifecycle.begin(db, path, self._purpose, named, settings)
        if self._purpose == "crawl":
            return list(portals)
        return [portal for portal in portals if portal.name not in self._archive.done]

    def finish(self, db: Database, results: Sequence[RunResult]) -> None:
        """Make the file, if it is time to. Raises ``DatabaseProblem``."""
        archive = self._archive
        assert archive is not None  # noqa: S101  # begun
        if any(result.exit_code for result in results):
            complain(f"{archive.path} is unfinished; what was captured is in {archive.parts}")
            return
        if self._purpose == "archive":
            self.unfinished = lifecycle.missing_portals(db, archive)
            if self.unfinished and not self._close:
                complain(
                    f"{archive.path} is unfinished: {_some(self.unfinished)} not archived whole; run the "
                    "same command again to go on, or with --close to make do. So far it is in "
                    f"{archive.parts}"
                )
                return
        self.left_out = describe_left_out(count_left_out(db, archive)) or None
        self.files = lifecycle.finish(db, archive)
        if not self.files:
            complain(f"{archive.path} was not made: nothing was captured")

    def tell(self) -> list[str]:
        """Lines for people: what was made, what is not in it."""
        lines = [f"archive: {path} ({path.stat().st_size:,} bytes)" for path in self.files]
        if self.left_out and self.files:
            lines.append(f"left out: {self.left_out} (logs/left-out.jsonl in the archive lists them)")
        return lines


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
