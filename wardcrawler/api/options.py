"""Which portals are crawled, and how: plain values that fit through a pipe to another process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalChoice:
    """Portals to crawl, chosen in one of four ways: ``names``, ``everything``, ``select`` or ``url``."""

    names: Sequence[str] = ()
    everything: bool = False
    """All registered portals that are not retired."""
    select: str | None = None
    """``level=ward,province=hcm``; keys are level, province, status and platform."""
    url: str | None = None
    """The address of a portal that is not registered, which is named after its host."""
    sections: Sequence[str] = ()
    """With ``url``: paths or addresses of listings; without any they are discovered."""
    platform: str | None = None
    """With ``url``: the platform's name; None recognises it."""
    files: Sequence[Path | str] = ()
    """Files of one's own portals, rows as in ``spiders/portals.csv``: registered beside the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOptions:
    """How portals are crawled. None leaves to the project's settings what they say."""

    since: date | None = None
    """The first day of publication that is of interest, in Viet Nam; undated articles always are."""
    until: date | None = None
    """The last one."""
    full: bool = False
    """Walk every section to its end, and fetch known articles again."""
    limit: int | None = None
    """Store at most so many articles of each portal."""
    delay: float | None = None
    """Seconds between requests to a host; robots.txt may ask for more."""
    user_agent: str | None = None
    attachments: bool | None = None
    """Fetch the files that articles link to, and read their texts."""
    timeout: float | None = None
    """Close a portal's crawl after so many seconds; 0 never does."""
    jobs: int | None = None
    """At most so many worker processes for several portals; None is one for each core."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """Scrapy settings by name, which win over everything else."""
