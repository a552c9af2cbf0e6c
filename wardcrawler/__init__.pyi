"""The types of the public names, which ``__init__.py`` imports when they are first used."""

from wardcrawler import units as units
from wardcrawler.api.crawl.process import RunResult as RunResult
from wardcrawler.api.crawl.process import crawl as crawl
from wardcrawler.api.database import Database as Database
from wardcrawler.api.database import Hit as Hit
from wardcrawler.api.database import open_database as open
from wardcrawler.api.errors import CrawlFailed as CrawlFailed
from wardcrawler.api.errors import DatabaseProblem as DatabaseProblem
from wardcrawler.api.errors import InputError as InputError
from wardcrawler.api.errors import SettingError as SettingError
from wardcrawler.api.extract import extract as extract
from wardcrawler.api.health import PortalHealth as PortalHealth
from wardcrawler.api.records import Edit as Edit
from wardcrawler.api.records import Place as Place
from wardcrawler.api.records import Record as Record
from wardcrawler.api.records import SimilarArticle as SimilarArticle
from wardcrawler.api.records import StoredArticle as StoredArticle
from wardcrawler.api.records import StoredFile as StoredFile
from wardcrawler.api.records import StoredFileWithText as StoredFileWithText
from wardcrawler.items import Article as Article
from wardcrawler.items import Attachment as Attachment
from wardcrawler.items import Image as Image
from wardcrawler.items import NotAnArticle as NotAnArticle
from wardcrawler.version import __version__ as __version__

__all__ = [
    "Article",
    "Attachment",
    "CrawlFailed",
    "Database",
    "DatabaseProblem",
    "Edit",
    "Hit",
    "Image",
    "InputError",
    "NotAnArticle",
    "Place",
    "PortalHealth",
    "Record",
    "RunResult",
    "SettingError",
    "SimilarArticle",
    "StoredArticle",
    "StoredFile",
    "StoredFileWithText",
    "__version__",
    "crawl",
    "extract",
    "open",
    "units",
]
