"""Which portals are meant: plain values, as the command line and programs give them."""

from collections.abc import Sequence
from dataclasses import dataclass
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
