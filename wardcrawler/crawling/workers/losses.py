"""The rows of runs that cannot complete them themselves: their process is dead."""

from sqlite_utils import Database

from wardcrawler.crawling.runs.result import RunResult
from wardcrawler.crawling.runs.rows import save_portal
from wardcrawler.crawling.runs.standing import Standing
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.store.database.clock import now
from wardcrawler.store.tables.runs import finish_run, running_run, start_run
from wardcrawler.version import __version__


def record_failure(
    db: Database, portal: type[Portal], command: str, reason: str, standing: Standing
) -> RunResult:
    """Complete the row in ``runs`` of ``portal``'s crawl, or make one where it died before it had any, with
    the outcome ``error`` and the counts last heard of. Returns what it says. Raises ``DatabaseProblem``.
    """
    run_id = running_run(db, portal.name)
    if run_id is None:
        save_portal(db, portal, None)
        run_id = start_run(db, portal.name, command, __version__)
    finish_run(db, run_id, "error", reason, None, now, False, **standing.counts())
    result = RunResult(portal.name, "error", reason)
    for name, count in standing.counts().items():
        setattr(result, name, count)
    return result


def record_loss(db: Database, site: str, reason: str, standing: Standing) -> None:
    """Complete the row of a crawl of ``site`` that ended through no fault of its portal, if it has one, with
    the outcome ``interrupted`` and the counts last heard of. Raises ``DatabaseProblem``.
    """
    run_id = running_run(db, site)
    if run_id is not None:
        finish_run(db, run_id, "interrupted", reason, None, now, False, **standing.counts())
