"""Takes files that articles link to out of archives into the vault."""

import logging

from scrapy import Request
from scrapy.http import Response

from wardcrawler.archives.reparsing.index import CaptureIndex
from wardcrawler.archives.reparsing.site_run import SiteRun
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.attachments.media import NotAFile
from wardcrawler.attachments.vault import Vault
from wardcrawler.crawling.spider.download import require_file
from wardcrawler.exit_codes import STORAGE
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.text.filenames import disposition_name

logger = logging.getLogger(__name__)


def store_files(run: SiteRun, index: CaptureIndex, vault: Vault) -> None:
    """Store every file that articles of the portal link to, that is not stored yet and that an archive holds.

    Raises ``DatabaseProblem``.
    """
    for url, filename in run.missing_files():
        capture = index.whole_capture(url) or index.whole_capture(Request(url).url)
        if capture is None:
            continue
        try:
            answer = index.warcs.read(capture.record, capture.payload)
            body = answer.body or b""
            media = require_file(body, Response(capture.url, body=body), filename)
        except (NotAFile, Damaged) as refusal:
            logger.info("No file: %s: %s", url, refusal)
            continue
        try:
            stored = vault.put(body, media.extension)
        except OSError as error:
            folder = vault.root / "files"
            raise DatabaseProblem(f"{folder} cannot be written: {error.strerror}", STORAGE) from None
        run.set_time(capture)
        disposition = answer.header("content-disposition")
        run.writer.put_file(
            url, stored, media.type, 200, etag=answer.header("etag"),
            last_modified=answer.header("last-modified"),
            name=disposition_name(disposition.encode("latin-1", "replace") if disposition else None),
        )  # fmt: skip
    run.flush()
