"""Vault: the folder that files are kept in, each once, under the SHA-256 of its bytes.

No name that came from outside is ever part of a path. A file is written beside its place, brought to the disk
and then renamed into it, so that what stands under a digest is whole, whenever the power goes.
"""

import hashlib
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from wardcrawler.attachments.atomic import sync_folder

FOLDER = "files"
_INCOMING = "incoming"
_LEFT_BEHIND = 3600.0
_EXTENSION = re.compile(r"[a-z0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the vault; ``path`` is relative to the folder of the database, with slashes."""

    sha256: str
    size: int
    path: str


class Vault:
    """The vault of the database at ``db_path``: ``files/`` beside it."""

    def __init__(self, db_path: Path | str) -> None:
        # Beside the file itself, so that all symbolic links to a database mean one vault, as with its lock.
        self.root = Path(os.path.realpath(db_path)).parent

    def put(self, body: bytes, extension: str) -> StoredFile:
        """Keep ``body``; one that is there already is not written again. Raises ``OSError``.

        ``extension`` is one of ours, by content. When this returns, the file is on the disk under its name.
        """
        if not _EXTENSION.fullmatch(extension):
            raise ValueError(f"{extension!a} is no extension")
        digest = hashlib.sha256(body).hexdigest()
        stored = StoredFile(digest, len(body), f"{FOLDER}/{digest[:2]}/{digest[2:4]}/{digest}.{extension}")
        target = self.root / stored.path
        if not self._is_there(target, len(body)):
            self._write(body, target)
        return stored

    def adopt(self, source: Path, path: str, sha256: str) -> bool:
        """Keep the file ``source`` of another vault as the stored ``path`` says; return False, and keep
        nothing, if its bytes are not those of ``sha256``. On one disk it becomes a second name of the same
        bytes, which never change. Raises ``OSError``.
        """
        target = self.place(path)
        with source.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                return False
        incoming = self.root / FOLDER / _INCOMING
        for folder in (incoming, target.parent):
            self._make(folder)
        part = incoming / f"{sha256}.part"
        part.unlink(missing_ok=True)
        try:
            try:
                os.link(source, part)
            except OSError:  # another disk, or one without hard links
                shutil.copyfile(source, part)
                with part.open("rb+") as file:
                    os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(target.parent)
        return True

    def place(self, path: str) -> Path:
        """Return where the file with the stored ``path`` is.

        Raises ``ValueError`` for a path out of the vault.
        """
        parts = path.split("/")
        if parts[0] != FOLDER or ".." in parts:
            raise ValueError(f"{path!a} is no path of a stored file")
        return self.root.joinpath(*parts)

    def sweep(self) -> int:
        """Remove files that a killed run left half written, and return how many.

        Only what nobody touched for an hour: another crawl may be writing just now.
        """
        parts = (self.root / FOLDER / _INCOMING).glob("*.part")
        left = [path for path in parts if path.stat().st_mtime < time.time() - _LEFT_BEHIND]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    @staticmethod
    def _is_there(target: Path, size: int) -> bool:
        try:
            return target.stat().st_size == size
        except FileNotFoundError:
            return False

    def _write(self, body: bytes, target: Path) -> None:
        incoming = self.root / FOLDER / _INCOMING
        for folder in (incoming, target.parent):
            self._make(folder)
        with NamedTemporaryFile(dir=incoming, suffix=".part", delete=False) as part:
            try:
                part.write(body)
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).replace(target)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
        sync_folder(target.parent)

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        if folder != self.root:
            self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
