"""Crawls every portal of the replica into ``FOLDER/live.db``, with an archive, then switches it off."""

import sys
from pathlib import Path

from wardcrawler.cli.archiving import Archiving
from wardcrawler.cli.crawl import crawl_settings, run_crawl
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
        settings = crawl_settings(folder / "live.db", delay=0, overrides=["WARDCRAWLER_BACKOFF=0"])
        arguments = {"since": None, "until": None, "limit": None, "full": False}
        run_crawl(
            portals, settings, arguments, db=folder / "live.db",
            archive=Archiving(folder / "all.wacz", "crawl"),
        )  # fmt: skip
