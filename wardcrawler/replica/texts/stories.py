"""Stories: an article's text as the replica holds it, before any page template."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from wardcrawler.replica.texts.grammar import read_text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``ordered`` lists are numbered by the browser, not in the text."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row holds the headings."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its caption; ``name`` is the file's name on the portal."""

    name: str
    caption: str


@dataclass(frozen=True, slots=True)
class File:
    """An attached file: its name on the portal and the text of the link."""

    name: str
    label: str


Block = Paragraph | Bullets | Table | Picture | File


@dataclass(frozen=True, slots=True)
class Story:
    """One text. ``id`` names the text itself: copies of it elsewhere carry the same id."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def lead(self) -> str | None:
        """Return the first paragraph, or None for a text that has none."""
        first = self.blocks[0] if self.blocks else None
        return first.text if isinstance(first, Paragraph) else None

    def pieces(self) -> list[str]:
        """List every string a reader sees in the body, in order; a table's cells one by one."""
        return list(self._pieces())

    def sentences(self) -> list[str]:
        """Cut the body into sentences, list items and table rows."""
        found: list[str] = []
        for block in self.blocks:
            if isinstance(block, Table):
                found += [" | ".join(row) for row in block.rows]
            elif isinstance(block, Paragraph):
                found += [part for part in block.text.replace("; ", ". ").split(". ") if part]
            elif isinstance(block, Bullets):
                found += block.items
        return found

    def rewritten(self, change: Callable[[str], str]) -> "Story":
        """Return the same story with ``change`` applied to its title and to every string of its body."""
        return replace(
            self, title=change(self.title), blocks=tuple(_rewrite(block, change) for block in self.blocks)
        )

    def _pieces(self) -> Iterator[str]:
        for block in self.blocks:
            match block:
                case Paragraph(text):
                    yield text
                case Bullets(items):
                    yield from items
                case Table(rows):
                    for row in rows:
                        yield from row
                case Picture(_, caption):
                    yield caption
                case File(_, label):
                    yield label


def _rewrite(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Paragraph(text):
            return Paragraph(change(text))
        case Bullets(items, ordered):
            return Bullets(tuple(map(change, items)), ordered)
        case Table(rows):
            return Table(tuple(tuple(map(change, row)) for row in rows))
        case Picture(name, caption):
            return Picture(name, change(caption))
        case File(name, label):
            return File(name, change(label))


def decomposed(text: str) -> str:
    """Return ``text`` in NFD: base letters followed by combining marks."""
    return unicodedata.normalize("NFD", text)


_NEW_STYLE = {
    "ủy": "uỷ", "Ủy": "Uỷ", "ỦY": "UỶ", "hòa": "hoà", "Hòa": "Hoà", "HÒA": "HOÀ", "hóa": "hoá", "Hóa": "Hoá",
    "thủy": "thuỷ", "khỏe": "khoẻ", "họa": "hoạ", "xóa": "xoá", "Xóa": "Xoá", "tòa": "toà", "lũy": "luỹ",
    "thỏa": "thoả", "tỏa": "toả", "hủy": "huỷ", "tùy": "tuỳ",
}  # fmt: skip


def new_tone_placement(text: str) -> str:
    """Return ``text`` with the tone mark on the last vowel of oa, oe, uy (ủy → uỷ, hòa → hoà).

    Whole syllables only: "hóa" changes, "hoán" does not.
    """
    return " ".join(_respell(word) for word in text.split(" "))


def _respell(word: str) -> str:
    core = word.strip("“”\"'().,;:!?…–-/")
    return word.replace(core, _NEW_STYLE[core]) if core in _NEW_STYLE else word


def slug(title: str, *, keep_d: bool) -> str:
    """Return a title as Liferay's friendly address writes it.

    Everything outside ``[a-z0-9-]`` is dropped after NFD. đ becomes a hyphen unless the portal maps it to d
    (``keep_d``): "Đối thoại" is ``-oi-thoai`` or ``doi-thoai``.
    """
    text = title.lower().replace("đ", "d" if keep_d else "-")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    kept = "".join(c if c.isascii() and c.isalnum() else "-" if c in " -–/" else "" for c in text)
    while "--" in kept:
        kept = kept.replace("--", "-")
    return kept.strip("-") if keep_d else kept.rstrip("-")


def conference_report() -> Story:
    """Read the ward's conference report of June 2023, spelled as printed there (uỷ beside ủy, Ð beside Đ)."""
    title, *paragraphs = filter(None, read_text("giao-ban-quy-2-2023.txt").split("\n"))
    return Story("conference-report", title, tuple(map(Paragraph, paragraphs)))


def trap_story(name: str) -> Story:
    """Return the text written for trap ``name``; it has no blocks where there is only the title that a
    listing prints.
    """
    return conference_report() if name == "conference-report" else _trap_stories()[name]


@cache
def _trap_stories() -> dict[str, Story]:
    stories = (_read(text.strip().split("\n")) for text in read_text("written.txt").split("# ")[1:])
    return {each.id: each for each in stories}


def _read(lines: list[str]) -> Story:
    """Read one text: ``name: title``, then one line a paragraph, ``- `` item, ``| `` table row,
    ``@ `` file.
    """
    name, _, title = lines[0].partition(": ")
    blocks: list[Block] = []
    for line in lines[1:]:
        last = blocks[-1] if blocks else None
        if line.startswith("- "):
            items = last.items if isinstance(last, Bullets) else ()
            blocks[-1 if items else len(blocks) :] = [Bullets((*items, line[2:]))]
        elif line.startswith("| "):
            rows = last.rows if isinstance(last, Table) else ()
            blocks[-1 if rows else len(blocks) :] = [Table((*rows, tuple(line[2:].split(" | "))))]
        elif line.startswith("@ "):
            file_name, _, label = line[2:].partition(": ")
            blocks.append(File(file_name, label))
        else:
            blocks.append(Paragraph(line))
    return Story(name, title, tuple(blocks))
