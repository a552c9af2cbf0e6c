"""Verify an archive: is it whole, and does it hold what a database knows?"""

from contextlib import closing
from pathlib import Path

from wardcrawler.api.errors import InputError
from wardcrawler.archives.verification.archive import Report, check_archive
from wardcrawler.archives.warc.inputs import NotAnArchive
from wardcrawler.store.database.connection import open_database

__all__ = ["Report", "verify"]


def verify(file: Path, db: Path | None = None) -> Report:
    """Read all of a WARC or WACZ file and return what was found: every gzip member, record and digest; of a
    WACZ also its list of files, its index and its pages.

    With ``db``, also whether every article of that database, on the portals of the archive, is in it. Memory
    does not grow with the file. Raises :class:`InputError` for a file that is neither or cannot be read, and
    ``DatabaseProblem``.
    """
    try:
        if db is None:
            return check_archive(file)
        with closing(open_database(db, read_only=True)) as database:
            return check_archive(file, database)
    except NotAnArchive as refusal:
        raise InputError(f"{file} {refusal}") from None
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}") from None
