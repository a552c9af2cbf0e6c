"""The constants of a portal class, checked when the class is created."""

import difflib
import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from wardcrawler.crawling.middlewares.politeness import require_contact, state_contact
from wardcrawler.crawling.middlewares.public_resolver import site_host
from wardcrawler.crawling.middlewares.tls import TLS, VERIFIED, set_tls
from wardcrawler.platforms.base import Platform
from wardcrawler.store.tables.sites import SiteRow
from wardcrawler.units.register import REFORM

LEVELS = ("ward", "commune", "district", "province")
STATUSES = ("verified", "unverified", "retired")
_NAME = re.compile(r"[a-z0-9]+(?:[-.:][a-z0-9]+)*")
_SCRAPYS = ("handle_httpstatus_list", "http_user", "http_pass", "http_auth_domain")
"""Constants that Scrapy's middlewares look for in a spider, though its base class has none."""


class DeclarationError(TypeError):
    """A constant of a portal that cannot be right: ``owner`` is the name of its class; ``words`` name the
    constant and say what is expected.
    """

    def __init__(self, owner: str, words: str) -> None:
        super().__init__(f"{owner}.{words}")
        self.words = words


class DeclaredSpider(Spider):
    """A spider whose class says by constants which portal it crawls."""

    title: ClassVar[str] = ""
    level: ClassVar[str] = ""
    province: ClassVar[str] = ""
    unit_code: ClassVar[str | None] = None
    unit_valid_from: ClassVar[str | None] = None
    """The period of the unit, for most codes were given out twice: "" for one of before July 2025,
    "2025-07-01" for one of since. Where a class does not say, a district is of before, all else of since."""
    base_url: ClassVar[str] = ""
    home_path: ClassVar[str] = "/"
    """Where the home page is; of a registered portal at the root."""
    hosts: ClassVar[tuple[str, ...]] = ()
    platform: ClassVar[type[Platform] | None] = None
    """The platform that made it; None where it is to be recognised."""
    tls: ClassVar[str] = VERIFIED
    sections: ClassVar[dict[str, str]] = {}
    status: ClassVar[str] = "unverified"
    successor: ClassVar[str | None] = None
    is_registered: ClassVar[bool] = True
    declared_at: ClassVar[str] = ""
    """The file and line of the row that the class was made of; empty for a class that somebody wrote."""
    allowed_domains: ClassVar[list[str]] = []  # Scrapy asks the class too
    """The hosts of the portal; follows from ``base_url`` and ``hosts``."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "base_url" not in cls.__dict__:
            return
        if cls.is_registered:
            if not cls.province and isinstance(getattr(cls, "name", None), str):
                cls.province = cls.name.split("-")[0]
            if cls.unit_code is not None and cls.unit_valid_from is None:
                cls.unit_valid_from = "" if cls.level == "district" else REFORM.isoformat()
            check_declaration(cls)
        cls.allowed_domains = [(urlsplit(cls.base_url).hostname or "").lower(), *cls.hosts]

    @classmethod
    def handles_request(cls, request: Request) -> bool:
        """Say whether an address is the portal's, as Scrapy asks to find the spider of an address. Scrapy's
        own answer counts sub-domains too, which are other portals here, and no port.
        """
        return bool(cls.base_url) and site_host(request.url) in (site_host(cls.base_url), *cls.hosts)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Set what holds for this portal alone, as Scrapy asks when it makes a crawler."""
        super().update_settings(settings)
        state_contact(settings)
        require_contact([cls.base_url], settings)
        set_tls(settings, cls.tls)

    @classmethod
    def site_row(cls) -> SiteRow:
        """Return the portal's row in ``sites``."""
        return SiteRow(
            name=cls.name,
            title=cls.title or None,
            level=cls.level or None,
            province=cls.province or None,
            unit_code=cls.unit_code,
            unit_valid_from=cls.unit_valid_from,
            base_url=cls.base_url,
            platform=cls.platform.name if cls.platform else None,
            status=cls.status,
            successor=cls.successor,
        )


def place_of(cls: type[DeclaredSpider]) -> str:
    """Return where a portal is declared: ``file:line`` of its row, or ``module:line`` of its class."""
    if cls.declared_at:
        return cls.declared_at
    try:
        return f"{cls.__module__}:{inspect.getsourcelines(cls)[1]}"
    except (OSError, TypeError):  # made by a program
        return cls.__module__


def meant(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" with the one of ``known`` that ``word`` is likely a misspelling of, else
    an empty string.
    """
    closest = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean '{closest[0]}'?" if closest else ""


def check_declaration(cls: type[DeclaredSpider]) -> None:
    """Raise :class:`DeclarationError` for the first constant of ``cls`` that is not as it should be."""
    for words in wrong_constants(cls):
        raise DeclarationError(cls.__qualname__, words)


def wrong_constants(cls: type[DeclaredSpider]) -> Iterator[str]:
    """Yield what is wrong with the constants of ``cls``, in words that begin with the constant's name."""
    expectations = _expectations(cls)
    known = [constant for constant, *_ in expectations]
    for constant in _public_constants(cls):
        if not (constant in known or constant in _SCRAPYS or hasattr(DeclaredSpider, constant)):
            yield f"{constant}: no constant has that name{meant(constant, known)}"
    for constant, is_right, expected in expectations:
        if not is_right:
            value = getattr(cls, constant, None)
            choices = {"level": LEVELS, "status": STATUSES, "tls": TLS}.get(constant, ())
            yield f"{constant} = {value!r}: expected {expected}{meant(str(value), choices)}"


def _public_constants(cls: type[DeclaredSpider]) -> Iterator[str]:
    """Yield the names of the constants that ``cls`` and its bases declare; methods are none."""
    for owner in cls.__mro__[: cls.__mro__.index(DeclaredSpider)]:
        for name, value in vars(owner).items():
            if not (name.startswith("_") or callable(value) or hasattr(value, "__get__")):
                yield name


def _expectations(cls: type[DeclaredSpider]) -> tuple[tuple[str, bool, str], ...]:
    """Return for each constant whether it is right, and what is expected."""
    return (
        (
            "name",
            _is_name(getattr(cls, "name", None)),
            "lower-case words joined by '-', e.g. 'hcm-tanbinh-phuong-9'",
        ),
        ("title", _is_text(cls.title), "the unit's name as printed, e.g. 'UBND Phường 9'"),
        ("level", cls.level in LEVELS, f"one of {', '.join(LEVELS)}"),
        ("province", _is_name(cls.province), "a short province name, e.g. 'hcm'"),
        (
            "unit_code",
            cls.unit_code is None or _is_code(cls.unit_code),
            "a code of digits, e.g. '26983', or None",
        ),
        (
            "unit_valid_from",
            cls.unit_valid_from in (("", REFORM.isoformat()) if cls.unit_code else (None,)),
            f"'' (before the reform) or '{REFORM}', and only with a unit_code",
        ),
        (
            "base_url",
            _is_address(cls.base_url),
            "an http(s) address without path, e.g. 'https://example.gov.vn'",
        ),
        (
            "sections",
            _is_sections(cls.sections),
            "a dict of section title to path, e.g. {'Tin tức': '/tin-tuc'}",
        ),
        ("status", cls.status in STATUSES, f"one of {', '.join(STATUSES)}"),
        ("successor", cls.successor is None or _is_name(cls.successor), "a portal's name or None"),
        (
            "platform",
            cls.platform is None or (isinstance(cls.platform, type) and issubclass(cls.platform, Platform)),
            "a class of wardcrawler.platforms, or None to recognise it",
        ),
        ("tls", cls.tls in TLS, f"one of {', '.join(TLS)}"),
        (
            "hosts",
            not isinstance(cls.hosts, str) and all(_is_host(host) for host in cls.hosts),
            "a tuple of host names",
        ),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_code(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit()


def _is_host(value: object) -> bool:
    return (
        isinstance(value, str) and value == value.lower() and re.fullmatch(r"[a-z0-9.-]+", value) is not None
    )


def _is_address(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        valid_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and valid_port
        and not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    )


def _is_sections(value: object) -> bool:
    return isinstance(value, dict) and all(
        _is_text(title) and isinstance(path, str) and path.startswith(("/", "http://", "https://"))
        for title, path in value.items()
    )
