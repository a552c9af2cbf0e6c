"""The messages between a worker and its parent: JSON objects, one a line.

The parent says first how to begin (settings, spider arguments, where the log goes), then a group of portals,
each by its description, whenever there is room for one; the end of its messages means: end all crawls in
order. The worker says ``ready``, ``started`` (a portal), ``progress`` (every second, the sign of life) and
``finished`` (the result of a portal).
"""

import importlib
import json
import sys
from typing import Any

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, Settings

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.registry import PLATFORMS

Message = dict[str, Any]
Description = dict[str, Any]


def encode(message: Message) -> bytes:
    """Return ``message`` as one line."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class MessageReader:
    """Cuts what comes through a pipe into messages."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Message]:
        """Return the messages that ``data`` completes. Raises ``ValueError`` for what is none."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [json.loads(line) for line in lines]


def describe_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings that were given on the command line or in its place; the others a worker has
    itself.

    Raises ``TypeError`` for a value that JSON does not know.
    """
    least = SETTINGS_PRIORITIES["cmdline"]
    given = {}
    for name in settings:
        if (settings.getpriority(name) or 0) >= least:
            value = settings[name]
            given[name] = value.copy_to_dict() if isinstance(value, BaseSettings) else value
    json.dumps(given)
    return given


def describe_portal(portal: type[Portal]) -> Description:
    """Return what :func:`portal_from` makes the same class of in another process.

    For a class that can be imported that is ``{"class": "module:name"}``; for one made on the way, as those
    of ``--url`` are, its base with its constants. Raises ``TypeError`` for one that is more than that.
    """
    if _at(portal.__module__, portal.__qualname__) is portal:
        return {"class": f"{portal.__module__}:{portal.__qualname__}"}
    if len(portal.__bases__) != 1 or not issubclass(portal.__bases__[0], Portal):
        raise TypeError(f"{portal!r} can neither be imported nor told by its constants")
    constants = {name: value for name, value in vars(portal).items() if not name.startswith("__")}
    if portal.platform is not None and PLATFORMS.get(portal.platform.name) is portal.platform:
        constants["platform"] = portal.platform.name
    try:
        json.dumps(constants)
    except TypeError as error:
        raise TypeError(f"{portal!r} can neither be imported nor told by its constants: {error}") from None
    return {"base": describe_portal(portal.__bases__[0]), "name": portal.__name__, "constants": constants}


def portal_from(description: Description) -> type[Portal]:
    """Return the class that was described. Raises what importing its module raises."""
    if "class" in description:
        module, _, name = description["class"].partition(":")
        importlib.import_module(module)
        portal: type[Portal] = _at(module, name)
        return portal
    constants: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in description["constants"].items()
    }
    if name := description["constants"].get("platform"):
        constants["platform"] = PLATFORMS[name]
    return type(description["name"], (portal_from(description["base"]),), constants)


def _at(module: str, name: str) -> Any:
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found
