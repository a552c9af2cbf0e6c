"""The parent of worker processes, which hands out groups of portals and outlives every worker.

It runs no portal's code. A worker that dies, or gives no sign of life, is replaced; ``queue`` says who is to
blame and what is crawled again.
"""

import itertools
import logging
import math
import selectors
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from wardcrawler.crawling.process import Listener, Silence
from wardcrawler.crawling.runs.log import log_path
from wardcrawler.crawling.runs.outcome import RunProgress, RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.crawling.workers.handle import WorkerHandle
from wardcrawler.crawling.workers.interruption import Interruption
from wardcrawler.crawling.workers.limits import WorkersDoNotStart, describe_end
from wardcrawler.crawling.workers.losses import record_failure, record_loss
from wardcrawler.crawling.workers.messages import Message, describe_portal, describe_settings
from wardcrawler.crawling.workers.queue import WorkQueue
from wardcrawler.store import Database
from wardcrawler.store.database.errors import DatabaseProblem

logger = logging.getLogger(__name__)

_TICK = 0.5
_MOST_FALSE_STARTS = 3
_WORKER_DIED = "its worker process died; what was stored stays"


def crawl_in_workers(
    groups: Sequence[Sequence[type[Portal]]],
    settings: Settings,
    arguments: dict[str, Any],
    *,
    jobs: int,
    db: Database,
    listener: Listener | None = None,
    keep_open: Sequence[int] = (),
    verbose: bool = False,
) -> list[RunResult]:
    """Crawl ``groups`` of portals (see ``host_groups``) in up to ``jobs`` processes; return how each ended,
    in the order given.

    ``arguments`` are spider arguments. ``db`` is the open database, where the runs of portals that killed
    their worker are completed. ``listener`` is told how the crawls come on. ``keep_open`` are descriptors
    that live as long as the last worker: that of the run's lock. Ctrl-C and SIGTERM end all in order, a
    second one at once, with ``KeyboardInterrupt``. Raises :class:`WorkersDoNotStart`; ``TypeError`` for a
    portal or a setting that cannot be described to another process.
    """
    pool = WorkerPool(groups, settings, arguments, db=db, listener=listener or Silence(), verbose=verbose)
    with Interruption() as interruption:
        try:
            pool.run(jobs, keep_open, interruption)
        finally:
            pool.end_at_once()
    order = {portal.name: place for place, portal in enumerate(p for group in groups for p in group)}
    results = sorted(pool.results, key=lambda result: order[result.site])
    if pool.is_stopping and len(results) < len(order) and all(r.outcome != "interrupted" for r in results):
        raise KeyboardInterrupt  # before any crawl began
    return results


class WorkerPool:
    """The workers of one command, and what they are still to do."""

    def __init__(
        self,
        groups: Sequence[Sequence[type[Portal]]],
        settings: Settings,
        arguments: dict[str, Any],
        *,
        db: Database,
        listener: Listener,
        verbose: bool,
    ) -> None:
        self.results: list[RunResult] = []
        self.is_stopping = False
        self._queue = WorkQueue.of([list(group) for group in groups])
        self._descriptions = {portal: describe_portal(portal) for group in groups for portal in group}
        self._portals = {portal.name: portal for group in groups for portal in group}
        self._db = db
        self._db_path = Path(settings["WARDCRAWLER_DB"])
        self._listener = listener
        self._command = settings["WARDCRAWLER_COMMAND"] or "wardcrawler crawl"
        self._silence = settings.getfloat("WARDCRAWLER_SILENCE")
        self._mib = settings.getint("WARDCRAWLER_WORKER_MIB")
        self._at_once = settings.getint("WARDCRAWLER_PORTALS_AT_ONCE")
        self._begin: Message = {
            "settings": describe_settings(settings),
            "arguments": {name: _as_json(value) for name, value in arguments.items()},
            "verbose": verbose,
        }
        self._workers: dict[int, WorkerHandle] = {}
        self._progress: dict[str, RunProgress] = {}
        self._false_starts = 0
        self._selector = selectors.DefaultSelector()

    def run(self, jobs: int, keep_open: Sequence[int], interruption: Interruption) -> None:
        """Work until every portal is crawled or, once interrupted, every worker has ended."""
        self._selector.register(interruption.descriptor, selectors.EVENT_READ)
        while True:
            if interruption.count and not self.is_stopping:
                self.stop()
            if interruption.count > 1:
                raise KeyboardInterrupt
            if not self.is_stopping:
                self._start_workers(jobs, keep_open)
                self._hand_out()
            if not self._workers:
                return
            for key, events in self._selector.select(_TICK):
                if key.fd == interruption.descriptor:
                    interruption.drain()
                elif events & selectors.EVENT_WRITE:
                    key.data.flush()
                else:
                    self._receive(key.data)
            self._register_writers()
            self._end_silent_workers()

    def stop(self) -> None:
        """End all crawls in order; those that wait are left out."""
        self.is_stopping = True
        for worker in self._workers.values():
            self._close_input(worker)

    def end_at_once(self) -> None:
        """Kill the workers that are left."""
        for worker in list(self._workers.values()):
            worker.kill()
            self._remove(worker)
            worker.reap()
        self._selector.close()

    # --- handing out -------------------------------------------------------------------------------

    def _start_workers(self, jobs: int, keep_open: Sequence[int]) -> None:
        open_workers = [worker for worker in self._workers.values() if not worker.is_closing]
        busy = sum(bool(worker.groups) for worker in open_workers)
        wanted = min(jobs, busy + len(self._queue)) - len(open_workers)
        free = (number for number in itertools.count(1) if number not in self._workers)
        for number in list(itertools.islice(free, max(wanted, 0))):
            begin = {**self._begin, "log": str(log_path(self._db_path, number))}
            worker = WorkerHandle(number, begin, keep_open)
            self._workers[number] = worker
            self._selector.register(worker.stdout, selectors.EVENT_READ, worker)

    def _hand_out(self) -> None:
        """Give waiting groups to the workers, the least busy first, and close those that
        nothing waits for.
        """
        open_workers = [worker for worker in self._workers.values() if not worker.is_closing]
        under_way = sum(len(worker.groups) for worker in open_workers)
        # Those that are still starting get their share too.
        share = math.ceil((len(self._queue) + under_way) / max(len(open_workers), 1))
        places = min(share, self._at_once)
        ready = [worker for worker in open_workers if worker.is_ready]
        for worker in ready:
            if not worker.groups and (cohort := self._queue.next_cohort()) is not None:
                worker.cohort = cohort
        while ready:
            worker = min(ready, key=lambda each: len(each.groups))
            group = self._queue.take(worker.cohort) if len(worker.groups) < places else None
            if group is None:
                ready.remove(worker)
                if not worker.groups and not len(self._queue):
                    self._close_input(worker)
                continue
            worker.groups.append(group)
            worker.send({"portals": [(portal.name, self._descriptions[portal]) for portal in group.portals]})

    def _register_writers(self) -> None:
        for worker in self._workers.values():
            is_registered = self._is_writer_registered(worker)
            if worker.has_unsent and not is_registered:
                self._selector.register(worker.stdin, selectors.EVENT_WRITE, worker)
            elif is_registered and not worker.has_unsent:
                self._selector.unregister(worker.stdin)

    def _is_writer_registered(self, worker: WorkerHandle) -> bool:
        return not worker.is_closing and worker.stdin in self._selector.get_map()

    def _close_input(self, worker: WorkerHandle) -> None:
        if self._is_writer_registered(worker):
            self._selector.unregister(worker.stdin)
        worker.close_input()

    # --- messages ----------------------------------------------------------------------------------

    def _receive(self, worker: WorkerHandle) -> None:
        messages = worker.receive()
        if messages is None:
            self._worker_ended(worker)
            return
        for message in messages:
            self._handle(worker, message)

    def _handle(self, worker: WorkerHandle, message: Message) -> None:
        match message["say"]:
            case "ready":
                worker.is_ready = True
                self._false_starts = 0
            case "started":
                self._listener.started(message["site"])
            case "progress":
                progress = {site: RunProgress(**counts) for site, counts in message["sites"].items()}
                self._progress |= progress
                self._listener.progressed(progress)
            case "finished":
                self._finished(worker, RunResult(**message["result"]))

    def _finished(self, worker: WorkerHandle, result: RunResult) -> None:
        self.results.append(result)
        self._listener.finished(result)
        group = next(group for group in worker.groups if group.current == result.site)
        del group.portals[0]
        if not group.portals:
            worker.groups.remove(group)
        if result.outcome == "interrupted" and not self.is_stopping:  # somebody signalled the worker itself
            self.stop()

    # --- deaths ------------------------------------------------------------------------------------

    def _end_silent_workers(self) -> None:
        now = time.monotonic()
        for worker in self._workers.values():
            if now - worker.last_heard > self._silence and not worker.was_silent:
                worker.was_silent = True
                worker.kill()

    def _remove(self, worker: WorkerHandle) -> None:
        if self._is_writer_registered(worker):
            self._selector.unregister(worker.stdin)
        self._selector.unregister(worker.stdout)
        del self._workers[worker.number]

    def _worker_ended(self, worker: WorkerHandle) -> None:
        self._remove(worker)
        was_closing = worker.is_closing
        status = worker.reap()
        if was_closing and status == 0:
            return
        logger.error("Worker %s ended with status %s, running %s", worker.number, status, worker.suspect)
        if not worker.is_ready:
            self._false_starts += 1
            if self._false_starts >= _MOST_FALSE_STARTS:
                raise WorkersDoNotStart(
                    f"worker processes end with status {status} before they are ready; "
                    f"see {log_path(self._db_path, worker.number)}"
                )
            return
        crawled = [group.current for group in worker.groups]
        is_certain = worker.was_silent or status == -signal.SIGALRM
        guilty = self._queue.worker_died(worker.groups, worker.suspect, is_certain=is_certain)
        if guilty is not None:
            words = describe_end(status, was_silent=worker.was_silent, silence=self._silence, mib=self._mib)
            self._portal_failed(guilty, words)
        for site in crawled:
            if site != guilty:
                self._portal_lost(site)

    def _portal_failed(self, site: str, reason: str) -> None:
        progress = self._progress.pop(site, RunProgress())
        try:
            result = record_failure(self._db, self._portals[site], self._command, reason, progress)
        except DatabaseProblem as problem:
            result = RunResult(site, "error", str(problem), exit_code=problem.exit_code)
        self.results.append(result)
        self._listener.finished(result)

    def _portal_lost(self, site: str) -> None:
        with suppress(DatabaseProblem):  # the portal's next crawl meets it, and says so
            record_loss(self._db, site, _WORKER_DIED, self._progress.pop(site, RunProgress()))
        if self.is_stopping:
            self.results.append(RunResult(site, "interrupted", _WORKER_DIED))
        else:
            self._listener.put_back(site)


def _as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
