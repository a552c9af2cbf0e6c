"""An archive that is being made: its name, its files while it grows, the portals in it."""

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from wardcrawler.exit_codes import USAGE
from wardcrawler.store import Database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.tables.archives import unfinished_path
from wardcrawler.text.dates import ICT

WACZ, WARC = ".wacz", ".warc.gz"
PARTS = ".parts"

Purpose = Literal["crawl", "archive"]
"""``archive`` preserves portals as a whole; ``crawl`` keeps what a crawl asks for."""


@dataclass
class Archive:
    """An archive that is being made. ``done`` are the portals that earlier runs finished in it."""

    id: int
    path: Path
    purpose: Purpose
    done: set[str]
    portals: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Title and address of the portals by name."""

    @property
    def parts(self) -> Path:
        """Return the folder of its WARC files while it is unfinished."""
        return parts_of(self.path)


def parts_of(path: Path) -> Path:
    """Return the folder beside ``path`` where an archive grows."""
    return path.with_name(path.name + PARTS)


def file_name(site: str) -> str:
    """Return a portal's name as part of a file name: WARC files of ``site`` begin with it and a hyphen."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", site)


def check_path(path: Path, purpose: Purpose) -> None:
    """Refuse, in one line, what cannot become an archive. Raises :class:`DatabaseProblem` (2)."""
    if importlib.util.find_spec("warcio") is None:
        raise DatabaseProblem(
            "writing archives needs the extra 'archive': pip install 'wardcrawler[archive]'", USAGE
        )
    endings = (WACZ,) if purpose == "archive" else (WACZ, WARC)
    if not path.name.endswith(endings) or path.name in endings:
        raise DatabaseProblem(f"--archive {path}: name a file that ends in {' or '.join(endings)}", USAGE)
    if path.exists():
        raise DatabaseProblem(f"{path} exists; an archive is never written over: name another file", USAGE)


def default_path(db: Database, db_path: Path, sites: Sequence[str], name: str) -> Path:
    """Return the path for a preservation of ``sites``: that of the unfinished one of the same portals if
    there is one, else one beside the database at ``db_path``, named after ``name`` and the day in Viet Nam.
    """
    if (unfinished := unfinished_path(db, sites)) is not None:
        return Path(unfinished)
    return db_path.parent / f"{name}-{datetime.now(ICT):%Y%m%d}{WACZ}"
