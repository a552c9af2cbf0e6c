"""Crawls every portal of the replica into ``FOLDER/live.db``, with an archive, then switches it off."""

import sys
from pathlib import Path

from wardcrawler.api.crawl.recording import Recording
from wardcrawler.api.crawl.run import CrawlListener, run
from wardcrawler.api.crawl.settings import crawl_settings
from wardcrawler.api.options import CrawlOptions
from wardcrawler.api.portals import Chosen
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.replica import Replica
from wardcrawler.replica.families.registry import ALL_PORTALS

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with Replica() as replica:
        portals = [
            portal_at(
                replica.address(portal.name),
                list(portal.sections.values()),
                "webforms" if portal.name == "webforms" else None,
            )
            for portal in ALL_PORTALS
        ]
        db = folder / "live.db"
        # One after the other: of a text that two portals publish, the first one's spelling is kept.
        settings_of_crawl = {"WARDCRAWLER_BACKOFF": "0", "WARDCRAWLER_PORTALS_AT_ONCE": "1"}
        options = CrawlOptions(delay=0, settings=settings_of_crawl)
        recording = Recording(folder / "all.wacz", "crawl", db_path=db)
        settings = crawl_settings(db, options)
        run(Chosen(portals), settings, options, db=db, recording=recording, listener=CrawlListener())
