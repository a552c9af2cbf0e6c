"""A portal class as JSON, from which another process makes the same class."""

import importlib
import json
import sys
from typing import Any

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.registry import PLATFORMS

Description = dict[str, Any]


def describe(portal: type[Portal]) -> Description:
    """Return ``{"class": "module:name"}`` for a class that can be imported; for one made of a row or of an
    address its base with its constants. Raises ``TypeError`` for one that is more than that.
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
    return {"base": describe(portal.__bases__[0]), "name": portal.__name__, "constants": constants}


def rebuild(description: Description) -> type[Portal]:
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
    return type(description["name"], (rebuild(description["base"]),), constants)


def _at(module: str, name: str) -> Any:
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found
