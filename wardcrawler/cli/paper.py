"""Running text on standard output: wrapped, coloured and linked on a terminal; plain elsewhere."""

from rich.console import Console
from rich.style import Style
from rich.text import Text

from wardcrawler.text.printable import printable

_WIDEST = 100
"""Columns of running text: longer lines are hard to read."""


class Paper:
    """Where a command prints what people read. ``NO_COLOR`` is respected (https://no-color.org)."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=False)
        self._console.width = min(self._console.width, _WIDEST)

    @property
    def has_colours(self) -> bool:
        """Whether colours can tell anything."""
        return self._console.color_system is not None and not self._console.no_color

    def line(self, text: Text | str = "", *, style: str = "", indent: int = 0) -> None:
        """Print one paragraph."""
        if isinstance(text, str):
            text = Text(printable(text), style=style)
        margin = Text(" " * indent)
        if not self._console.is_terminal:
            self._console.print(margin + text, soft_wrap=True)
            return
        for part in text.wrap(self._console, self._console.width - indent, overflow="fold"):
            part.rstrip()
            self._console.print(margin + part, soft_wrap=True)


def linked(url: str, style: str = "") -> Text:
    """An address that terminals which can open it (OSC 8)."""
    url = printable(url)
    return Text(url, style=Style.parse(style) + Style(link=url))
