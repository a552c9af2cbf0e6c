"""What a killed run left of a WARC file, made into a file that is whole."""

import logging
from dataclasses import dataclass
from pathlib import Path

from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.records import records
from wardcrawler.archives.warc.segment import OPEN, Segment
from wardcrawler.attachments.atomic import sync_folder

logger = logging.getLogger(__name__)
_PIECE = 1024 * 1024
TORN = ".torn"
"""Ending of an original that could not be used as it was."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """``name`` is what the file would have been called, ``path`` what it is now; ``damage`` where it was
    torn, or None."""

    name: str
    path: Path
    damage: Damaged | None


def salvage_all(folder: Path) -> list[Salvaged]:
    """Every ``….open`` in ``folder`` becomes ``…-salvaged.warc.gz``. Nobody may be writing there.

    A file without damage is only renamed. Of a torn one the whole records are copied, and the original is
    kept as ``….torn``. A file without one whole record is kept so too. Raises ``OSError``.
    """
    return [
        done
        for leftover in sorted(folder.glob(f"*.warc.gz{OPEN}"))
        if (done := _salvage(leftover)) is not None
    ]


def _salvage(leftover: Path) -> Salvaged | None:
    name = leftover.name.removesuffix(OPEN)
    target = leftover.with_name(f"{name.removesuffix('.warc.gz')}-salvaged.warc.gz")
    target.with_name(target.name + OPEN).unlink(missing_ok=True)  # an earlier try that was killed too
    damages: list[Damaged] = []
    whole = 0
    with leftover.open("rb") as file:
        for record in records(file, damages.append):
            try:
                record.finish()
            except Damaged:
                continue
            whole += 1
    if not whole:
        leftover.rename(leftover.with_name(name + TORN))
        return None
    if not damages:
        leftover.rename(target)
        sync_folder(leftover.parent)
        return Salvaged(name, target, None)
    segment = Segment(target)
    with leftover.open("rb") as file, leftover.open("rb") as copied:
        for record in records(file, lambda _: None):
            try:
                record.finish()
            except Damaged:
                continue
            if record.length:
                copied.seek(record.offset)
                segment.append(copied.read(record.length))
    segment.finish()
    leftover.rename(leftover.with_name(name + TORN))
    logger.warning("%s was torn %s; %s whole records are in %s", name, damages[0], whole, target.name)
    return Salvaged(name, target, damages[0])
