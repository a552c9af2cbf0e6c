"""Kill crawls at random statements: ``python -m tests.crawling.kills [--kills N] [--seed N]``.

Each round crawls a replica portal into a new database in a forked process that kills itself, with SIGKILL, at
a random SQL statement: before, inside and after transactions, in the middle of pages. Then it is crawled
again, and killed again, until one crawl gets through. Meanwhile the portal changes: articles are published,
edited and taken off, and known ones are due. At any time every file that a row is about must be there, whole.
In the end the database must be equal to that of crawls that nobody killed, but for times and numbers. Exit
code 1, with the difference, if it is not.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.portals.registry import project_settings
from wardcrawler.crawling.process import crawl
from wardcrawler.replica import Replica
from wardcrawler.replica.portals import NEWS, NOTICES, PORTALS
from wardcrawler.store.database import connection as database
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.similar import link_new_articles
from wardcrawler.store.writer import Writer

PORTAL = "phuong-9"
SECTIONS = next(list(portal.sections.values()) for portal in PORTALS if portal.name == PORTAL)
BATCH = 5
HOUSE = (
    "Sáng nay, phường trao một căn nhà tình nghĩa cho gia đình bà Tư ở khu phố 3; căn nhà rộng 36 mét "
    "vuông được xây trong 45 ngày bằng quỹ vì người nghèo và sự góp công của thanh niên."
)
MOST_TRIES = 200  # of one phase: a crawl that is killed before it stores anything makes no progress

SAME = {
    "articles": "SELECT content_hash, title, lead, body, html, published_at FROM articles ORDER BY 1",
    "pages": "SELECT p.key, p.category, p.published_at, p.http_status IN (200, 304), p.failure IS NULL, "
    "p.gone_at IS NULL, a.content_hash FROM pages p LEFT JOIN articles a ON a.id = p.article_id ORDER BY 1",
    "revisions": "SELECT r.key, o.content_hash, n.content_hash FROM revisions r "
    "JOIN articles o ON o.id = r.article_id JOIN articles n ON n.id = r.replaced_by ORDER BY 1, 2, 3",
    "listings": "SELECT url, section, backfilled_at IS NULL, open_since, open_run FROM listings ORDER BY url",
    "index": "SELECT a.content_hash FROM articles_fts f JOIN articles a ON a.id = f.rowid "
    "WHERE articles_fts MATCH 'folded:ngay OR folded:phuong' ORDER BY 1",
    "files": "SELECT a.content_hash, f.position, f.url, f.sha256, f.failure FROM article_attachments f "
    "JOIN articles a ON a.id = f.article_id ORDER BY 1, 2",
    "kept": "SELECT sha256, media_type, size, path FROM attachments ORDER BY 1",
    "similar": "SELECT a.content_hash, o.content_hash, s.similarity, s.figures FROM similar s "
    "JOIN articles a ON a.id = s.article_id JOIN articles o ON o.id = s.other_id ORDER BY 1, 2",
    "bands": "SELECT b.band, a.content_hash FROM similar_bands b JOIN articles a ON a.id = b.article_id "
    "ORDER BY 1, 2",
    "integrity": "PRAGMA integrity_check",
}


class Statements:
    """Counts the SQL statements of this process, whatever connection runs them; acts at one of them."""

    def __init__(self, kill_at: int | None) -> None:
        self.count = 0
        self._kill_at = kill_at
        self._connect = sqlite3.connect

    def install(self) -> None:
        """Watch every connection that ``store.database`` opens from now on."""
        watched: Any = database.sqlite3
        watched.connect = self._watch

    def _watch(self, *arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = self._connect(*arguments, **options)
        connection.set_trace_callback(self._seen)
        return connection

    def _seen(self, statement: str) -> None:
        self.count += 1
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def crawl_in_child(address: str, db: Path, kill_at: int | None) -> tuple[bool, int]:
    """Crawl in a forked process. Whether it got through, and how many statements it ran if it did."""
    reading, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            count, code = _crawl(address, db, kill_at)
            os.write(telling, str(count).encode())
        finally:
            os._exit(code)
    os.close(telling)
    with os.fdopen(reading) as answer:
        told = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False, 0
    if os.WEXITSTATUS(status):
        raise SystemExit(f"a crawl failed by itself: status {status}")
    return True, int(told)


def _crawl(address: str, db: Path, kill_at: int | None) -> tuple[int, int]:
    statements = Statements(kill_at)
    statements.install()
    small_batches: Any = Writer.__init__  # or a portal of this size would fit into one transaction
    small_batches.__kwdefaults__["batch_size"] = BATCH
    settings = project_settings()
    settings.setdict(
        {
            "WARDCRAWLER_DB": str(db),
            "WARDCRAWLER_MAX_TRIES": 10_000,
            "WARDCRAWLER_RECHECK_LEAST": 10_000,
            "WARDCRAWLER_ATTACHMENTS": True,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            "LOG_ENABLED": False,
        },
        priority="cmdline",
    )
    (result,) = crawl([portal_at(address, SECTIONS, "liferay-hcmc")], settings, {})
    with closing(open_database(db)) as to_link:  # as ``wardcrawler crawl`` does
        link_new_articles(to_link)
    healthy = result.outcome in ("ok", "unchanged")
    if not healthy:
        sys.stderr.write(f"{result.outcome}: {result.reason}\n")
    return statements.count, 0 if healthy else 3


def changes(replica: Replica) -> list[Callable[[], object]]:
    """What happens to the portal between the phases of a round."""
    first = replica.publish(PORTAL, NEWS, "Khai mạc hội thao phường", "Sáng nay, phường khai mạc hội thao.")
    second = replica.publish(PORTAL, NOTICES, "Thông báo cúp nước", "Cúp nước ngày 3.")
    replica.publish(PORTAL, NEWS, "Trao nhà tình nghĩa", HOUSE)
    return [
        lambda: replica.edit(PORTAL, first, "Hội thao đã dời sang chiều mai."),
        lambda: (replica.edit(PORTAL, second, "Cúp nước ngày 4."), replica.delete(PORTAL, first)),
        lambda: replica.publish(PORTAL, NEWS, "Trao nhà tình nghĩa", HOUSE, "Ảnh: lễ bàn giao nhà."),
    ]


def make_all_due(db: Path) -> None:
    """As if the pauses of all known pages were over."""
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(
            "UPDATE pages SET recheck_at = '2020-01-01T00:00:00+07:00' WHERE article_id NOTNULL"
        )


def contents(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What must be the same in both databases."""
    with closing(sqlite3.connect(db)) as connection:
        return {name: connection.execute(sql).fetchall() for name, sql in SAME.items()}


def one_round(replica: Replica, folder: Path, dice: random.Random) -> int:
    """Crawl both databases through all phases, one of them with kills. Returns how many there were."""
    address, kills = replica.address(PORTAL), 0
    disturbed, undisturbed = folder / "disturbed" / "a.db", folder / "undisturbed" / "a.db"
    undisturbed.parent.mkdir()
    database.open_database(disturbed).close()  # some 28,000 statements, among which the others would be lost
    shutil.copyfile(disturbed, undisturbed)
    replica.restore()
    for change in (None, *changes(replica)):
        if change:
            change()
            make_all_due(disturbed)
            make_all_due(undisturbed)
        _, statements = crawl_in_child(address, undisturbed, None)
        for _ in range(MOST_TRIES):
            early = statements // dice.randint(1, 8)  # late kills alone would leave whole pages only
            through, _ = crawl_in_child(address, disturbed, dice.randint(1, early))
            require_files(disturbed)
            if through:
                break
            kills += 1
        else:
            crawl_in_child(address, disturbed, None)
        crawl_in_child(address, disturbed, None)  # what a killed run saw is due again
        crawl_in_child(address, undisturbed, None)
    whole = contents(undisturbed)
    if not whole["similar"]:
        raise SystemExit("no articles that are nearly the same: a round compares nothing of them")
    compare(contents(disturbed), whole)
    return kills


def require_files(db: Path) -> None:
    """Exit if a row is about a file that is not there, whole."""
    with closing(sqlite3.connect(db)) as connection:
        for path, size, sha256 in connection.execute("SELECT path, size, sha256 FROM attachments"):
            file = db.parent / path
            if not file.is_file() or file.stat().st_size != size:
                raise SystemExit(f"a row is about {path}, which is not there or not whole")
            if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
                raise SystemExit(f"{path} holds something else")


def compare(ours: dict[str, list[tuple[Any, ...]]], theirs: dict[str, list[tuple[Any, ...]]]) -> None:
    """Exit with the first difference, if there is one."""
    for name, rows in ours.items():
        if rows != theirs[name]:
            only_ours = [row for row in rows if row not in theirs[name]]
            only_theirs = [row for row in theirs[name] if row not in rows]
            raise SystemExit(f"{name} differ.\nAfter kills: {only_ours[:3]}\nUndisturbed: {only_theirs[:3]}")


def main() -> None:
    """Parse the command line, kill, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.crawling.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="so many, or a few more")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    dice, kills, rounds = random.Random(chosen.seed), 0, 0  # noqa: S311  # chance, not secrets
    with Replica() as replica:
        while kills < chosen.kills:
            with TemporaryDirectory() as folder:
                kills += one_round(replica, Path(folder), dice)
            rounds += 1
            print(f"{kills} kills in {rounds} rounds, every database as if undisturbed", flush=True)


if __name__ == "__main__":
    main()
