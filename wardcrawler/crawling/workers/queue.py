"""The groups of portals that wait to be crawled, and the blame when a worker dies.

A worker's death says which portals it was crawling, sometimes which one's code was running, never for certain
which one killed it: the kernel ends the process that asks for memory, not the one that holds it. So a portal
is called guilty only when the death cannot be another's: its own code was running for too long, or it was
under suspicion already. The suspect is crawled once more, alone. If nobody is suspected, the portals
are halved, and each half goes to a worker that crawls nothing else, until a portal dies alone twice.
"""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from wardcrawler.crawling.spider.portal import Portal

STRIKES = 2
"""A portal that so many workers died of is not tried again in this run."""


@dataclass(eq=False)
class Group:
    """Portals of one host that are still to be crawled; the first is being crawled, or will be next."""

    portals: list[type[Portal]]
    cohort: int = 0

    @property
    def current(self) -> str:
        """Return the name of the first."""
        return self.portals[0].name


@dataclass
class WorkQueue:
    """The groups that wait. Those of one cohort may share a worker; 0 is that of all under no suspicion."""

    waiting: deque[Group] = field(default_factory=deque)
    _strikes: Counter[str] = field(default_factory=Counter)
    _cohorts: int = 0

    @classmethod
    def of(cls, groups: Iterable[list[type[Portal]]]) -> "WorkQueue":
        """Make a queue in which all of ``groups`` wait, in their order."""
        return cls(deque(Group(list(portals)) for portals in groups))

    def __len__(self) -> int:
        return len(self.waiting)

    def next_cohort(self) -> int | None:
        """Return the cohort an idle worker turns to, first those under no suspicion; None if nobody waits."""
        return min((group.cohort for group in self.waiting), default=None)

    def take(self, cohort: int) -> Group | None:
        """Remove and return the next group of ``cohort``, or None."""
        for group in self.waiting:
            if group.cohort == cohort:
                self.waiting.remove(group)
                return group
        return None

    def worker_died(self, crawled: list[Group], suspect: str | None, *, is_certain: bool) -> str | None:
        """Take back the groups a worker was crawling, and return the portal that is guilty, or None.

        ``suspect`` is the portal whose code was running when it died; ``is_certain`` if it ran for too long.
        The guilty one is taken out of its group.
        """
        if not any(group.current == suspect for group in crawled):
            suspect = None
        if suspect is None and len(crawled) > 1:
            half = len(crawled) // 2
            for part in (crawled[:half], crawled[half:]):
                self._isolate(part)
            return None
        blamed = next((group for group in crawled if suspect in (group.current, None)), None)
        for group in crawled:
            if group is not blamed:
                self.waiting.append(group)
        if blamed is None:  # it was crawling nothing
            return None
        name = blamed.current
        self._strikes[name] += 1
        if is_certain or self._strikes[name] >= STRIKES:
            del blamed.portals[0]
            if blamed.portals:
                self.waiting.append(Group(blamed.portals))
            return name
        self._isolate([blamed])
        return None

    def _isolate(self, groups: Iterable[Group]) -> None:
        self._cohorts += 1
        for group in groups:
            group.cohort = self._cohorts
            self.waiting.append(group)
