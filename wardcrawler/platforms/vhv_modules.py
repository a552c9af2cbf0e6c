"""The modules of a VHV page that list articles, and the settings they ask for further pages with."""

import base64
import binascii
import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from wardcrawler.extraction.selectors import select

SERVICE = "Content.Article.selectAll"
_PLAIN = re.compile(r"\{[^{}]*Content\.Article\.selectAll[^{}]*\}")
_ENCODED = re.compile(r"eyJ[A-Za-z0-9+/]{40,}={0,2}")  # base64 of '{"…'
_UPLOAD = re.compile(r"/upload/(\d{4,})/")
_UPLOADED = ("img[src*='/upload/']", "a[href*='/upload/']", "link[href*='/upload/']")


def listing_modules(document: HtmlElement) -> Iterator[tuple[HtmlElement, dict[str, str]]]:
    """The modules of a page that list articles, with the settings that they send for a further page: an
    object in a script, plain or in base64, or base64 in an attribute of the module.
    """
    for module in select(document, ("div.ModuleWrapper[id^='module']",)):
        scripts = [script for script in module.iterdescendants("script") if _module_of(script) is module]
        for text in (*(script.text or "" for script in scripts), *module.attrib.values()):
            plain = [found[0] for found in _PLAIN.finditer(text)]
            for written in (*plain, *map(_decoded, _ENCODED.findall(text))):
                settings = _settings(written)
                if settings.get("service") == SERVICE:
                    yield module, settings


def _module_of(element: HtmlElement) -> HtmlElement | None:
    return next((a for a in element.iterancestors("div") if (a.get("id") or "").startswith("module")), None)


def _decoded(encoded: str) -> str:
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _settings(written: str) -> dict[str, str]:
    """The text and number values of a JSON object; empty for anything else."""
    try:
        values = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {
        name: str(value)
        for name, value in values.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }


def site_number(document: HtmlElement, settings: dict[str, str]) -> list[str]:
    """The number of the site, if known: a setting, or part of the address of whatever was uploaded there."""
    if settings.get("site"):
        return [settings["site"]]
    for element in select(document, _UPLOADED):
        if found := _UPLOAD.search(element.get("src") or element.get("href") or ""):
            return [found[1]]
    return []
