"""What a platform says of URLs and pagers, as data: every registered platform has a :class:`Contract`.

The contracts stand in ``contracts/``, a module a CMS; ``test_contract.py`` holds each platform to its own.
"""

from dataclasses import dataclass

from wardcrawler.platforms.base import Platform

HOST = "https://portal.example"

NO_URLS = ("http://[broken", "javascript:void(0)", "mailto:a@b.example", "", "::")
"""Text that is no URL of a page: on no platform an article, and nowhere asked for."""

NOT_HTTP = ("ftp://portal.example/x", "javascript:print()", "tel:113", "//portal.example/")
"""URLs that no platform asks for."""


@dataclass(frozen=True, slots=True)
class NextPage:
    """A listing page at ``url`` and what is to be asked for after it: by GET for ``following``, which is page
    number ``page``, or for nothing more (None). ``html`` is the page's body.

    ``by_address`` says that :meth:`Platform.next_listing_address` gives the same; some platforms know more
    than addresses say.
    """

    url: str
    html: str
    following: str | None
    page: int = 2
    by_address: bool = True


@dataclass(frozen=True, slots=True)
class Contract:
    """What ``platforms``, a CMS and its variants, say of URLs. Those that begin with a slash, or are empty,
    are of :data:`HOST`.

    ``keys``: each URL's article key, None for no article. Equal keys are one article. ``traps`` are never
    asked for, ``no_traps`` look like some. ``canonical``: URLs and their canonical form. ``next_pages``:
    listing pages and the page after. ``views``: parameters that show an article in another way, besides those
    that mean the same everywhere.
    """

    platforms: tuple[type[Platform], ...]
    keys: dict[str, str | None]
    traps: tuple[str, ...]
    no_traps: tuple[str, ...]
    canonical: dict[str, str]
    next_pages: tuple[NextPage, ...]
    views: tuple[str, ...] = ()


def whole(address: str) -> str:
    """Return an address of a contract as the URL it stands for."""
    return HOST + address if address.startswith(("/", "?")) or not address else address
