"""Lines and running text: wrapped, coloured and linked on a terminal, plain elsewhere."""

import json
import re
import sys
import unicodedata
from typing import Any

import click
from rich.console import Console
from rich.text import Text

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of writing round for all that follows (Unicode Standard Annex #9)."""

# Control characters too: with them a page could move the cursor, or name a window. Line breaks and tabs stay.
_NEVER = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{TURNS}]")


def printable(text: str) -> str:
    """Return ``text`` without characters that steer a terminal."""
    return _NEVER.sub("", text)


_WIDEST = 100
"""Columns of running text: longer lines are hard to read."""


def complain(message: str) -> None:
    """Print one line on standard error."""
    click.echo(f"wardcrawler: {message}", err=True)


def print_json(document: Any) -> None:
    """Print one JSON document, Vietnamese as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def is_for_people(quiet: bool, as_json: bool = False) -> bool:
    """Say whether to draw progress and tables: on a terminal, unless silence or JSON was asked for."""
    return sys.stdout.isatty() and not quiet and not as_json


def on_one_line(text: str) -> str:
    """Return ``text`` with a space for each control character, as long as before.

    None of a portal's moves the cursor, colours the terminal, breaks a line or turns the direction of
    writing.
    """
    if text.isprintable():
        return text
    return "".join(" " if _steers(each) else each for each in text)


def _steers(each: str) -> bool:
    return each in TURNS or unicodedata.category(each) in ("Cc", "Zl", "Zp")


def as_exact(published_at: str | None, precision: str | None) -> str | None:
    """Return ISO 8601 text without the clock where only the day is known: the clock then reads midnight."""
    return published_at[: len("2024-03-12")] if published_at and precision == "day" else published_at


def linked(text: str, url: str | None, style: str = "") -> Text:
    """Return ``text`` with a link to ``url`` for terminals that know links (OSC 8).

    Without one where there is no ``url``, or it could end the terminal's sequence early.
    """
    if url and url.isprintable() and " " not in url:
        style = f"{style} link {url}".strip()
    return Text(text, style=style)


class Printer:
    """Prints running text on standard output. ``NO_COLOR`` is respected (https://no-color.org)."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=False)
        self._console.width = min(self._console.width, _WIDEST)

    @property
    def has_colours(self) -> bool:
        """Say whether colours can tell anything."""
        return self._console.color_system is not None and not self._console.no_color

    def line(self, text: Text | str = "", *, style: str = "", indent: int = 0) -> None:
        """Print one paragraph, ``indent`` columns from the left."""
        if isinstance(text, str):
            text = Text(printable(text), style=style)
        margin = Text(" " * indent)
        if not self._console.is_terminal:
            self._console.print(margin + text, soft_wrap=True)
            return
        for part in text.wrap(self._console, self._console.width - indent, overflow="fold"):
            part.rstrip()
            self._console.print(margin + part, soft_wrap=True)
