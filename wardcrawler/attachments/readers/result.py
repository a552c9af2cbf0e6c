"""Result of reading a file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from wardcrawler.text.legacy.convert import Charset, Run, to_unicode
from wardcrawler.text.normalise import compose

Status = Literal["ok", "empty", "needs_ocr", "needs_reader", "not_text", "failed"]
"""``ok``: the whole text is there; ``empty``: the document holds none; ``needs_ocr``: it is a picture of a
text; ``needs_reader``: a program or package is missing, ``reason`` names it; ``not_text``: a kind that is
not read (archives, programs); ``failed``: damaged, locked by a password, or over the limits."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, or why there is none, and how it was read; ``tool``: a program and its version."""

    status: Status
    text: str | None = None
    pages: int | None = None
    tool: str | None = None
    charsets: list[Charset] = field(default_factory=list)
    """The encodings of before Unicode that were converted."""
    reason: str | None = None


class CannotRead(Exception):
    """The file cannot be read; ``status`` and the words say why."""

    def __init__(self, status: Status, words: str) -> None:
        super().__init__(words)
        self.status = status


def reading(runs: Iterable[Run], *, tool: str, pages: int | None = None) -> Reading:
    """Make the reading of a document whose text is ``runs``, converted to Unicode where it is not; lines are
    stripped, more than one empty line becomes one.
    """
    text, charsets = to_unicode(runs)
    text = compose(tidy(text))
    return Reading("ok" if text else "empty", text or None, pages, tool, sorted(charsets))


def tidy(text: str) -> str:
    """Return ``text`` without control characters, with at most one blank in a row, and one empty line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = text.translate(_NOTHING)
    lines: list[str] = []
    for line in text.split("\n"):
        line = "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()  # noqa: PLW2901
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip()


# Control characters, what UTF-8 cannot hold, and non-characters that mark a hyphen in PDFium.
_NOTHING = dict.fromkeys([*range(9), *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
