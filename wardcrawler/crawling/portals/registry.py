"""The registered portals: the rows and classes of ``spiders/``, and a person's own rows."""

import difflib
import importlib
import os
import pkgutil
import sys
import traceback
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from scrapy import Spider
from scrapy.settings import BaseSettings, Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.spider import iter_spider_classes

from wardcrawler.crawling.portals.rows import FILE_NAME, Problem, read_portals
from wardcrawler.crawling.spider.declaration import place_of, wrong_constants
from wardcrawler.crawling.spider.portal import Portal


class UnknownPortal(LookupError):
    """No portal of that name; the message holds the closest names."""


def project_settings(own: Sequence[Path] = ()) -> Settings:
    """Return Scrapy's settings with those of the project, whatever the current folder. ``own`` are files of
    portals that are registered too, beside those that ``WARDCRAWLER_PORTALS`` names.
    """
    settings = Settings()
    settings.setmodule("wardcrawler.settings", priority="project")
    if own:
        files = dict.fromkeys([*portal_files(settings), *own])
        settings.set("WARDCRAWLER_PORTALS", [str(file) for file in files], priority="cmdline")
    return settings


def portal_files(settings: BaseSettings) -> list[Path]:
    """Return the files of a person's own portals: ``WARDCRAWLER_PORTALS``, a list, or a text with ":" between
    the paths.
    """
    told = settings.get("WARDCRAWLER_PORTALS") or []
    return [Path(path) for path in (told.split(os.pathsep) if isinstance(told, str) else told) if path]


class PortalLoader(SpiderLoader):
    """Scrapy's spider loader, which also makes spiders of rows: those of ``portals.csv`` in each package of
    ``SPIDER_MODULES``, then those of ``WARDCRAWLER_PORTALS``.

    A row that is wrong, or a module that cannot be imported, takes only its own portals. Scrapy's loader
    stops at the first such module, so that the rest of the package is missing too, and lets anything but
    ``ImportError`` and ``SyntaxError`` through: a wrong constant in one portal would end all. Of two
    spiders with one name the first one counts.
    """

    problems: list[Problem]
    """Of each row and module that is left out."""

    def __init__(self, settings: BaseSettings) -> None:
        self._own = portal_files(settings)
        super().__init__(settings)

    def _load_all_spiders(self) -> None:
        self.problems = []
        for package in self.spider_modules:
            for name in self._modules(package):
                try:
                    self._load_spiders(importlib.import_module(name))
                except Exception as error:
                    if not self.warn_only:
                        raise
                    self._tell(_import_problem(name, error))
            for folder in getattr(sys.modules.get(package), "__path__", ()):
                if (file := Path(folder) / FILE_NAME).exists():
                    self._load_rows(file, package)
        for file in self._own:
            self._load_rows(file)

    def _modules(self, package: str) -> Iterator[str]:
        yield package
        paths = getattr(sys.modules.get(package), "__path__", None)
        if paths is not None:
            for found in pkgutil.walk_packages(paths, f"{package}.", onerror=lambda _: None):
                yield found.name

    def _load_spiders(self, module: ModuleType) -> None:
        for cls in iter_spider_classes(module):
            problem = _wrong_constant(cls) if issubclass(cls, Portal) else None
            if problem is None:
                self._add(cls)
            else:
                self._tell(problem)

    def _load_rows(self, file: Path, package: str | None = None) -> None:
        portals, problems = read_portals(file, package) if package else read_portals(file)
        for problem in problems:
            self._tell(problem)
        for portal in portals:
            self._add(portal)

    def _add(self, cls: type[Spider]) -> None:
        first = self._spiders.setdefault(cls.name, cls)
        if first is not cls:
            self._tell(Problem(cls.name, _place(cls), f"{_place(first)} has this name already"))

    def _tell(self, problem: Problem) -> None:
        if not self.warn_only:
            raise TypeError(str(problem))
        self.problems.append(problem)
        warnings.warn(str(problem), category=RuntimeWarning, stacklevel=2)


def _place(cls: type[Spider]) -> str:
    return place_of(cls) if issubclass(cls, Portal) else f"{cls.__module__}.{cls.__qualname__}"


def _wrong_constant(cls: type[Portal]) -> Problem | None:
    """Return what is wrong with a class that was not checked when it was created, for it has no address."""
    words = next(wrong_constants(cls), None) if cls.is_registered else None
    return Problem(cls.name, place_of(cls), words) if words else None


def _import_problem(module: str, error: Exception) -> Problem:
    """Return why a module cannot be imported, with its last line that ran."""
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_name == "<module>" and frame.f_globals.get("__name__") == module
    ]
    if not lines and isinstance(error, SyntaxError) and error.lineno:
        lines = [error.lineno]
    words = f"cannot be imported: {type(error).__name__}: {' '.join(str(error).split())}"
    return Problem(module, f"{module}:{lines[-1]}" if lines else module, words)


def load_portals(settings: Settings | None = None) -> tuple[dict[str, type[Portal]], list[Problem]]:
    """Return all portal classes by name, in name order, and what is wrong with rows and modules that are left
    out. ``settings`` say which there are, by default the project's.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # what is wrong is returned
        loader = PortalLoader.from_settings(settings or project_settings())
    classes = (loader.load(name) for name in sorted(loader.list()))
    return {cls.name: cls for cls in classes if issubclass(cls, Portal)}, loader.problems


def find_portals(names: Iterable[str], portals: dict[str, type[Portal]]) -> list[type[Portal]]:
    """Return the classes of ``names``, each once, in that order. Raises :class:`UnknownPortal`."""
    found: dict[str, type[Portal]] = {}
    for name in names:
        if name not in portals:
            close = difflib.get_close_matches(name, portals, n=3, cutoff=0.4)
            hint = f"closest: {', '.join(close)}" if close else "'wardcrawler sites' lists them all"
            raise UnknownPortal(f"no portal is named '{name}'; {hint}")
        found[name] = portals[name]
    return list(found.values())


def select_portals(selector: str, portals: dict[str, type[Portal]]) -> list[type[Portal]]:
    """Return the portals that match ``level=ward,province=hcm``; keys: level, province, status, platform.

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
