"""Compares the database's articles with what an archive was found to hold."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from wardcrawler.archives.verification.inventory import Inventory
from wardcrawler.store import Database
from wardcrawler.store.tables.pages import GONE_STATUSES

_PAGES = """
SELECT p.site, p.key, p.url, p.gone_at IS NOT NULL, r.started_at
FROM pages AS p LEFT JOIN runs AS r ON r.id = p.first_run
WHERE p.article_id IS NOT NULL ORDER BY p.site, p.key
"""


@dataclass
class Comparison:
    """The pages of the database's articles on the portals of an archive.

    Of ``articles`` pages, ``missing`` (their addresses) should be in the archive and are not; ``gone`` are no
    longer served: the archive has the portal's 404 or 410, or earlier runs had; ``of_other_runs`` were stored
    by other runs than the crawl that wrote the archive, which needed not fetch them again. All others are in
    it.
    """

    articles: int = 0
    missing: list[str] = field(default_factory=list)
    gone: int = 0
    of_other_runs: int = 0

    @property
    def in_archive(self) -> int:
        """Return how many are in the archive."""
        return self.articles - len(self.missing) - self.gone - self.of_other_runs


def compare(db: Database, inventory: Inventory) -> Comparison:
    """Look for every article of ``db`` in ``inventory``, by key or by address: the portal must have answered
    with a page.

    An archive that preserves portals must hold all of theirs; one that a crawl wrote, those it stored.
    """
    sites, runs = inventory.sites(), inventory.runs()
    crawled = {site for site, _ in runs}
    hosts = {urlsplit(url).netloc for url in inventory.urls()}
    found = Comparison()
    for site, key, url, is_gone, stored_by in db.execute(_PAGES):
        if site not in sites and urlsplit(url).netloc not in hosts:
            continue
        found.articles += 1
        statuses = inventory.statuses(site, key, url)
        if any(status == 0 or 200 <= status < 300 for status in statuses):
            continue
        if is_gone or statuses & set(GONE_STATUSES):
            found.gone += 1
        elif site in crawled and (site, stored_by) not in runs:
            found.of_other_runs += 1
        else:
            found.missing.append(url)
    return found
