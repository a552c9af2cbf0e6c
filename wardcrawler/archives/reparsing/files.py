"""Files that articles link to, out of archives into the vault."""

import logging

from scrapy import Request
from scrapy.http import Response

from wardcrawler.archives.reparsing.index import Catalogue
from wardcrawler.archives.reparsing.site_run import SiteRun
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.attachments.media import NotAFile
from wardcrawler.attachments.vault import Vault
from wardcrawler.crawling.spider.download import require_file
from wardcrawler.exit_codes import STORAGE
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.text.filenames import disposition_name

logger = logging.getLogger(__name__)


def take_files(run: SiteRun, catalogue: Catalogue, vault: Vault) -> None:
    """Keep every file that articles of the portal link to, that is not kept yet and that an archive holds.

    Raises ``DatabaseProblem``.
    """
    for url, filename in run.missing_files():
        entry = catalogue.whole_answer(url) or catalogue.whole_answer(Request(url).url)
        if entry is None:
            continue
        try:
            answer = catalogue.shelf.read(entry.spot, entry.payload)
            body = answer.body or b""
            media = require_file(body, Response(entry.url, body=body), filename)
        except (NotAFile, Damaged) as refusal:
            logger.info("No file: %s: %s", url, refusal)
            continue
        try:
            stored = vault.put(body, media.extension)
        except OSError as error:
            place = vault.root / "files"
            raise DatabaseProblem(f"{place} cannot be written: {error.strerror}", STORAGE) from None
        run.turn_to(entry)
        disposition = answer.header("content-disposition")
        run.writer.put_file(
            url, stored, media.type, 200, etag=answer.header("etag"),
            last_modified=answer.header("last-modified"),
            name=disposition_name(disposition.encode("latin-1", "replace") if disposition else None),
        )  # fmt: skip
    run.flush()
