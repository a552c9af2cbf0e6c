"""The registered portals: every class in ``spiders/``."""

import difflib
import warnings
from collections.abc import Iterable

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from wardcrawler.crawling.portal import Portal


class UnknownPortal(LookupError):
    """No portal of that name; the message holds the closest names."""


def project_settings() -> Settings:
    """Scrapy's settings with those of the project, whatever the current folder."""
    settings = Settings()
    settings.setmodule("wardcrawler.settings", priority="project")
    return settings


def load_portals() -> tuple[dict[str, type[Portal]], list[str]]:
    """All portal classes by name, in name order, and a line for each module that cannot be imported."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        loader = SpiderLoader.from_settings(project_settings())
    classes = (loader.load(name) for name in sorted(loader.list()))
    portals = {cls.name: cls for cls in classes if issubclass(cls, Portal)}
    return portals, [_last_line(str(warning.message)) for warning in caught]


def _last_line(message: str) -> str:
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return f"{lines[0]} {lines[-2] if len(lines) > 2 else ''}".strip() if lines else message


def find_portals(names: Iterable[str], portals: dict[str, type[Portal]]) -> list[type[Portal]]:
    """The classes of ``names``, each once, in that order. Raises :class:`UnknownPortal`."""
    found: dict[str, type[Portal]] = {}
    for name in names:
        if name not in portals:
            close = difflib.get_close_matches(name, portals, n=3, cutoff=0.4)
            hint = f"closest: {', '.join(close)}" if close else "'wardcrawler sites' lists them all"
            raise UnknownPortal(f"no portal is named '{name}'; {hint}")
        found[name] = portals[name]
    return list(found.values())


def select_portals(selector: str, portals: dict[str, type[Portal]]) -> list[type[Portal]]:
    """Portals that match ``level=ward,province=hcm``; keys: level, province, status, platform.

    Raises ``ValueError`` naming an unknown key or a part that is not ``key=value``.
    """
    wanted = {}
    for part in selector.split(","):
        key, _, value = part.partition("=")
        if key.strip() not in ("level", "province", "status", "platform") or not value.strip():
            raise ValueError(f"'{part}' is not key=value with level, province, status or platform as the key")
        wanted[key.strip()] = value.strip()
    return [
        cls
        for cls in portals.values()
        if all(getattr(cls, key, None) == value for key, value in wanted.items())
    ]
