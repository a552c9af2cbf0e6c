"""Download of a file that an article linked to: a browser never opens one as a page of this server."""

from pathlib import PurePosixPath
from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils.asgi import AsgiFileDownload, NotFound, Request

from wardcrawler.attachments.vault import Vault
from wardcrawler.store import Database
from wardcrawler.text.filenames import safe_name
from wardcrawler.web.database import ask, database_path
from wardcrawler.web.headers import FILE
from wardcrawler.web.language import words_for

_FILE = """
SELECT f.path, (
    SELECT l.filename FROM article_attachments AS l WHERE l.sha256 = f.sha256 ORDER BY l.article_id LIMIT 1
) FROM attachments AS f WHERE f.sha256 = ?
"""

_OPENED = frozenset(
    "pdf docx xlsx pptx odt ods odp doc xls ppt rtf zip rar 7z gz txt jpg png gif tif".split()
)
"""Extensions, as the vault gives them by content, that people may click on once the file is on their disk. A
page would run its scripts there, with the rights of a file; so would a program."""


async def download(request: Request, datasette: Datasette) -> AsgiFileDownload:
    """Answer ``/file/SHA256``. Raises ``NotFound``."""
    sha256, t = request.url_vars["sha256"], words_for(request)
    path = database_path(datasette)

    def found(db: Database) -> tuple[str, str | None] | None:
        row: tuple[str, str | None] | None = db.execute(_FILE, (sha256,)).fetchone()
        return row

    row = await ask(datasette, found)
    try:
        place = Vault(path).place(row[0]) if row else None
    except ValueError:  # a path out of the vault, which we never wrote
        place = None
    if row is None or place is None or not place.is_file() or sha256 not in place.name:
        raise NotFound(t("no_file"))
    name = quote(saved_name(row[1] or sha256, place.suffix))
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "Content-Security-Policy": FILE,
    }
    return AsgiFileDownload(str(place), content_type="application/octet-stream", headers=headers)


def saved_name(filename: str, suffix: str) -> str:
    """Return the portal's name for a file, with an extension that its content deserves."""
    extension = suffix.removeprefix(".")
    stem = PurePosixPath(safe_name(filename)).stem or "file"
    return f"{stem}.{extension if extension in _OPENED else 'txt' if extension == 'html' else 'bin'}"
