"""The difference of two texts, for reading: only what changed, with the words around it."""

from rich.text import Text

from wardcrawler.text.difference import Piece, difference, passages
from wardcrawler.text.printable import printable

MOST_PASSAGES = 6

_STYLES = {"same": "", "removed": "red strike", "added": "green"}
_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def differing_passages(before: str, after: str, *, has_colours: bool) -> list[Text]:
    """Return a line for each passage that changed, at most ``MOST_PASSAGES`` and one that says how many more.

    With colours what only ``before`` has is red and struck out, what only ``after`` has green; without them
    they are marked as ``git diff --word-diff`` does: ``[-…-]`` and ``{+…+}``.
    """
    found = passages(difference(before, after))
    lines = [_line(passage, has_colours) for passage in found[:MOST_PASSAGES]]
    if len(found) > MOST_PASSAGES:
        lines.append(Text(f"and {len(found) - MOST_PASSAGES:,} more passages", style="dim"))
    return lines


def _line(passage: list[Piece], has_colours: bool) -> Text:
    pieces = []
    for piece in passage:
        words = printable(piece.text)
        text = words if has_colours else _MARKS[piece.kind].format(words)
        pieces.append(Text(text, style=_STYLES[piece.kind] if has_colours else ""))
    return Text(" ").join(pieces)
