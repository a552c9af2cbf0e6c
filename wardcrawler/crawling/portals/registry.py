"""The registered portals: every class in ``spiders/``."""

import difflib
import importlib
import pkgutil
import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from wardcrawler.crawling.spider.portal import Portal


class UnknownPortal(LookupError):
    """No portal of that name; the message holds the closest names."""


def project_settings() -> Settings:
    """Scrapy's settings with those of the project, whatever the current folder."""
    settings = Settings()
    settings.setmodule("wardcrawler.settings", priority="project")
    return settings


class Broken(NamedTuple):
    """A module of portals that cannot be imported, and why."""

    module: str
    words: str

    def __str__(self) -> str:
        return f"{self.module} cannot be imported: {self.words}"


class PortalLoader(SpiderLoader):
    """Scrapy's spider loader, of which a module that cannot be imported takes only its own portals.

    Scrapy's stops at the first such module, so that the rest of the package is missing too, and lets
    anything but ``ImportError`` and ``SyntaxError`` through: a wrong constant in one portal would end all.
    """

    broken: list[Broken]

    def _load_all_spiders(self) -> None:
        self.broken = []
        for package in self.spider_modules:
            for name in self._modules(package):
                try:
                    self._load_spiders(importlib.import_module(name))
                except Exception as error:
                    if not self.warn_only:
                        raise
                    self._is_broken(name, error)
        self._check_name_duplicates()

    def _modules(self, package: str) -> Iterator[str]:
        yield package
        paths = getattr(sys.modules.get(package), "__path__", None)
        if paths is not None:
            for found in pkgutil.walk_packages(paths, f"{package}.", onerror=lambda _: None):
                yield found.name

    def _is_broken(self, module: str, error: Exception) -> None:
        broken = Broken(module, f"{type(error).__name__}: {' '.join(str(error).split())}")
        self.broken.append(broken)
        warnings.warn(str(broken), category=RuntimeWarning, stacklevel=2)


def load_portals(settings: Settings | None = None) -> tuple[dict[str, type[Portal]], list[Broken]]:
    """All portal classes by name, in name order, and the modules that cannot be imported.

    The modules are those of ``SPIDER_MODULES`` in ``settings``, by default the project's.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # what is broken is returned
        loader = PortalLoader.from_settings(settings or project_settings())
    classes = (loader.load(name) for name in sorted(loader.list()))
    return {cls.name: cls for cls in classes if issubclass(cls, Portal)}, loader.broken


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
        if all(getattr(row, key) == value for row in (cls.site_row(),) for key, value in wanted.items())
    ]
