"""Completes the rows of runs that cannot do so themselves, for their process is dead."""

from dataclasses import asdict

from wardcrawler.crawling.runs.outcome import RunProgress, RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.store import Database
from wardcrawler.store.database.clock import now
from wardcrawler.store.tables.runs import finish_run, running_run, start_run
from wardcrawler.store.tables.sites import save_site
from wardcrawler.version import __version__


def record_failure(
    db: Database, portal: type[Portal], command: str, reason: str, progress: RunProgress
) -> RunResult:
    """Complete the row in ``runs`` of ``portal``'s crawl, or make one where it died before it had any, with
    the outcome ``error`` and the counts last heard of. Return it. Raises ``DatabaseProblem``.
    """
    run_id = running_run(db, portal.name)
    if run_id is None:
        save_site(db, **asdict(portal.site_row()))
        run_id = start_run(db, portal.name, command, __version__)
    finish_run(db, run_id, "error", reason, None, now, False, **progress.counts())
    result = RunResult(portal.name, "error", reason)
    for name, count in progress.counts().items():
        setattr(result, name, count)
    return result


def record_loss(db: Database, site: str, reason: str, progress: RunProgress) -> None:
    """Complete the row of a crawl of ``site`` that ended through no fault of its portal, if it has one, with
    the outcome ``interrupted`` and the counts last heard of. Raises ``DatabaseProblem``.
    """
    run_id = running_run(db, site)
    if run_id is not None:
        finish_run(db, run_id, "interrupted", reason, None, now, False, **progress.counts())
