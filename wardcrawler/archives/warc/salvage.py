"""Makes whole WARC files out of those that a killed run left unfinished."""

import logging
from dataclasses import dataclass
from pathlib import Path

from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.records import records
from wardcrawler.archives.warc.unfinished import OPEN, UnfinishedWarc
from wardcrawler.attachments.atomic import sync_folder

logger = logging.getLogger(__name__)
DAMAGED = ".torn"
"""Ending of an original that could not be used as it was."""


@dataclass(frozen=True, slots=True)
class SalvagedWarc:
    """A file that is whole now. ``name`` is what it would have been called had its run ended, ``path`` what
    it is now.
    """

    name: str
    path: Path


def salvage_warcs(folder: Path) -> list[SalvagedWarc]:
    """Make ``…-salvaged.warc.gz`` of every ``….open`` in ``folder``. Nobody may be writing there.

    A file without damage is only renamed. Of a damaged one the whole records are copied, and the original is
    kept as ``….torn``. A file without one whole record is kept so too. Raises ``OSError``.
    """
    return [
        salvaged
        for leftover in sorted(folder.glob(f"*.warc.gz{OPEN}"))
        if (salvaged := _salvage(leftover)) is not None
    ]


def _salvage(leftover: Path) -> SalvagedWarc | None:
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
        leftover.rename(leftover.with_name(name + DAMAGED))
        return None
    if not damages:
        leftover.rename(target)
        sync_folder(leftover.parent)
        return SalvagedWarc(name, target)
    copy = UnfinishedWarc(target)
    with leftover.open("rb") as file, leftover.open("rb") as original:
        for record in records(file, lambda _: None):
            try:
                record.finish()
            except Damaged:
                continue
            if record.length:
                original.seek(record.offset)
                copy.append(original.read(record.length))
    copy.finish()
    leftover.rename(leftover.with_name(name + DAMAGED))
    logger.warning("%s is damaged %s; %s whole records are in %s", name, damages[0], whole, target.name)
    return SalvagedWarc(name, target)
