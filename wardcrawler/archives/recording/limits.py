"""Whether an archive may take in more requisites: the limits of a portal and of all portals together."""

import os
from pathlib import Path

from scrapy.settings import BaseSettings

from wardcrawler.archives.recording.recorder import file_name

_BETWEEN_WEIGHINGS = 100  # questions: to weigh means to read a folder


class Room:
    """How full the archive of ``settings`` is, for the portal ``site``."""

    def __init__(self, settings: BaseSettings, site: str) -> None:
        self._parts = Path(settings["WARDCRAWLER_ARCHIVE_PARTS"])
        self._largest_portal = settings.getint("WARDCRAWLER_ARCHIVE_LARGEST_PORTAL")
        self._largest = settings.getint("WARDCRAWLER_ARCHIVE_LARGEST")
        self._own = f"{file_name(site)}-"
        self._asked = 0
        self._full: str | None = None

    def fullness(self) -> str | None:
        """Why there is no room for more (``archive-limit``, ``portal-limit``), or None."""
        self._asked += 1
        if self._full is None and self._asked % _BETWEEN_WEIGHINGS == 1:
            sizes = [(entry.name, entry.stat().st_size) for entry in self._entries()]
            if sum(size for _, size in sizes) > self._largest:
                self._full = "archive-limit"
            elif sum(size for name, size in sizes if name.startswith(self._own)) > self._largest_portal:
                self._full = "portal-limit"
        return self._full

    def _entries(self) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self._parts) as entries:
                return list(entries)
        except FileNotFoundError:
            return []
