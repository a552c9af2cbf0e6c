"""How portals are crawled: plain values that fit through a pipe to another process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


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
