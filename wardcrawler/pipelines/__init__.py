"""The stream from a parsed article to a stored one: clean, date, fingerprint; in a crawl period and store.

``REFINING`` is the part that every article passes, whoever read its page: a crawl (``settings.py`` lists the
same classes), ``reparse``, ``parse``, ``probe`` and the Python API.
"""

from wardcrawler.items import Article
from wardcrawler.pipelines.clean import Clean
from wardcrawler.pipelines.date import Date
from wardcrawler.pipelines.fingerprint import Fingerprint

REFINING = (Clean, Date, Fingerprint)
"""The pipelines of every article, in their order. None needs a crawler, the network or a database."""


def refine(article: Article) -> Article:
    """Pass an article through the pipelines of :data:`REFINING`, in place; return it."""
    for pipeline in REFINING:
        pipeline().process_item(article)
    return article
