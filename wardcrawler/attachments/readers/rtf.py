"""Reader of RTF files (Rich Text Format Specification 1.9.1), with the font of each piece."""

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path

from wardcrawler.attachments.readers.result import CannotRead, Reading, reading
from wardcrawler.text.legacy.convert import Run

_TOKEN = re.compile(
    rb"\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<symbol>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_DEEPEST = 500

# Destinations whose text is not the document's.
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles"
    b" listtable listoverridetable revtbl rsidtbl generator xmlnstbl fldinst filetbl mmathPr".split()
)
_LETTERS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•",
}  # fmt: skip
_SYMBOLS = {
    b"~": "\u00a0",
    b"_": "-",
    b"-": "\u00ad",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\n": "\n",
    b"\r": "\n",
}
_CHARSETS = {0: "cp1252", 2: "cp1252", 163: "cp1258"}
"""``\\fcharset`` of fonts: ANSI, symbol, Vietnamese. TCVN3 and VNI fonts say 0 and mean themselves."""


@dataclass(frozen=True, slots=True)
class _State:
    """The state of a group: inherited from the outer one, which its end restores."""

    font: int | None = None
    skipped: bool = False
    in_fonts: bool = False
    replacement: int = 1
    """Bytes that follow a ``\\u`` for programs that know no Unicode."""


def read_rtf(path: Path) -> Reading:
    """Read the RTF file at ``path``. Raises :class:`CannotRead`."""
    raw = path.read_bytes()
    if not raw.startswith(b"{\\rtf"):
        raise CannotRead("failed", "damaged: no RTF")
    return reading(_Reader().read(raw), tool="wardcrawler rtf 1")


class _Reader:
    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._charsets: dict[int, str] = {}
        self._codepage = "cp1252"
        self._default_font: int | None = None
        self._to_skip = 0
        self._starred = False

    def read(self, raw: bytes) -> list[Run]:
        place = 0
        while (token := _TOKEN.search(raw, place)) is not None:
            place = token.end()
            if token["word"] == b"bin":
                place += max(int(token["number"] or 0), 0)  # a picture's bytes
            elif token["brace"]:
                self._brace(token["brace"])
            elif token["word"]:
                self._word(token["word"], int(token["number"]) if token["number"] else None)
            elif token["byte"]:
                self._bytes(bytes.fromhex(token["byte"].decode()))
            elif token["text"]:
                self._bytes(token["text"])
            elif token["symbol"] == b"*":
                self._starred = True
            elif token["symbol"]:
                self._letter(_SYMBOLS.get(token["symbol"], ""))
        return self._runs

    def _brace(self, brace: bytes) -> None:
        self._to_skip = 0
        self._starred = False
        if brace == b"{":
            if len(self._stack) >= _DEEPEST:
                raise CannotRead("failed", "damaged: groups are nested too deeply")
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == b"fonttbl":
            self._state = replace(self._state, skipped=True, in_fonts=True)
        elif word in _SKIPPED or starred:
            self._state = replace(self._state, skipped=True, in_fonts=False)
        elif word == b"ansicpg" and number:
            self._codepage = _known(f"cp{number}") or self._codepage
        elif word == b"f" and number is not None:
            self._state = replace(self._state, font=number)
        elif word == b"fcharset" and self._state.in_fonts and self._state.font is not None:
            self._charsets[self._state.font] = _CHARSETS.get(number or 0, self._codepage)
        elif word == b"deff" and number is not None:
            self._default_font = number
            self._state = replace(self._state, font=number)
        elif word == b"plain":
            self._state = replace(self._state, font=self._default_font)
        elif word == b"uc":
            self._state = replace(self._state, replacement=max(number or 0, 0))
        elif word == b"u" and number is not None:
            self._letter(chr(number % 0x10000))
            self._to_skip = self._state.replacement
        elif word in _LETTERS:
            self._letter(_LETTERS[word])

    def _bytes(self, raw: bytes) -> None:
        skipped = min(self._to_skip, len(raw))
        self._to_skip -= skipped
        raw = raw[skipped:]
        font = self._state.font
        if self._state.in_fonts and font is not None:
            name = self._fonts.get(font, "") + raw.decode("cp1252", "replace")
            self._fonts[font] = name
        elif raw:
            charset = self._charsets.get(font, self._codepage) if font is not None else self._codepage
            self._letter(raw.decode(charset, "replace"))

    def _letter(self, text: str) -> None:
        if text and not self._state.skipped:
            font = self._state.font
            name = self._fonts.get(font, "").split(";")[0].strip() if font is not None else ""
            self._runs.append(Run(text, name or None))


def _known(codepage: str) -> str | None:
    try:
        return codecs.lookup(codepage).name
    except LookupError:
        return None
