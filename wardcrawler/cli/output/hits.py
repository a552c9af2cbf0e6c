"""Hits of a search, drawn on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from wardcrawler.api.database import Hit, Marks
from wardcrawler.cli.output.text import linked, on_one_line, printable
from wardcrawler.text.difference import Piece, difference, passages

_ID = 6
_INDENT = _ID + 2
_MARK = "bold red"  # as grep marks


def show_hits(hits: Sequence[Hit], *, limit: int, offset: int, console: Console | None = None) -> None:
    """Draw hits with what was found in them marked, addresses as links; those that agree only without
    diacritics behind a line that says so.
    """
    console = console or Console(highlight=False)
    for number, hit in enumerate(hits):
        if not hit.exact and (number == 0 or hits[number - 1].exact):
            console.print(Text("with other diacritics:", style="dim italic"))
        _show_hit(console, hit)
    console.print(Text(_count(len(hits), limit, offset), style="bold"))


def _show_hit(console: Console, hit: Hit) -> None:
    day = hit.published_at[:10] if hit.published_at else "no date   "
    console.print(Text(f"{hit.id:>{_ID}}  {day}  {on_one_line(hit.site)}", style="dim"), soft_wrap=True)
    console.print(_indented(_marked(hit.title, hit.title_marks, "bold")))
    if hit.attachment:
        name = Text.assemble(("in the file ", "dim"), on_one_line(hit.attachment))
        console.print(_indented(name))
    if hit.snippet != hit.title:
        console.print(_indented(_marked(hit.snippet, hit.snippet_marks, "")))
    # One line however long, so that it can be copied where the terminal knows no links.
    link = linked(on_one_line(hit.url), hit.url, "dim")
    console.print(Text(" " * _INDENT) + link, soft_wrap=True)


def _indented(text: Text) -> Padding:
    text.overflow = "fold"
    return Padding(text, (0, 0, 0, _INDENT))


def _marked(text: str, marks: Marks, style: str) -> Text:
    shown = Text(on_one_line(text), style=style)
    for begin, end in marks:
        shown.stylize(_MARK, begin, end)
    return shown


def _count(found: int, limit: int, offset: int) -> str:
    if not found:
        return "no article" if not offset else f"no article after the first {offset:,}"
    many = "1 article" if found == 1 else f"{found:,} articles"
    if found < limit:
        return f"{many}, the last ones" if offset else many
    return f"articles {offset + 1:,} to {offset + found:,}; more with --offset {offset + found}"


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
