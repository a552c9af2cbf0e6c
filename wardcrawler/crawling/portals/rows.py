"""Portals as rows of a CSV file: each row becomes a Scrapy spider class.

The file is UTF-8 with a heading. A cell that is left empty has the constant's usual value:

- ``name``: unique, the province first ("hcm-tan-binh")
- ``unit_code``: of the statistics office. Title, level and period follow from the unit, see :func:`unit_of`
- ``base_url``, ``status``, ``successor``, ``tls``: as the constants of a class
- ``platform``: a key of ``PLATFORMS``, or empty to recognise it
- ``sections``: ``Title=/path; Title=/path``, or empty to discover them
- ``note``: the evidence for the rest, for people; the docstring of the class

Columns that most files do without: ``title`` instead of the unit's ("UBND" and its name), ``level`` of a
portal without a unit, ``hosts`` (other hosts of the portal, with a space between them).
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from wardcrawler.crawling.spider.declaration import DeclarationError, meant
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.text.normalise import fold
from wardcrawler.units.register import REFORM, Unit, by_code
from wardcrawler.units.spelling import spellings

FILE_NAME = "portals.csv"
"""The file of rows in a package of portals."""

COLUMNS = ("name", "unit_code", "base_url", "platform", "status", "successor", "sections", "tls", "note")
MORE_COLUMNS = ("title", "level", "hosts")
_REQUIRED = ("name", "base_url")
_PATH = re.compile(r"(?:/|https?://)\S*")


class Problem(NamedTuple):
    """A mistake in the declaration of a portal, in words, and its place: ``file:line`` or ``module:line``.

    ``name`` is the portal's name; where nothing can be read of it, that of the module or the file.
    """

    name: str
    place: str
    words: str

    def __str__(self) -> str:
        is_of_all = self.name in (self.place, self.place.rpartition(":")[0])
        return f"{self.place}: {self.words}" if is_of_all else f"{self.place}: {self.name}: {self.words}"


def read_portals(path: Path, module: str = __name__) -> tuple[list[type[Portal]], list[Problem]]:
    """Read a file of portals. Return their classes, which name ``module`` as theirs, and a problem for each
    row that makes none; where the heading is wrong, or the file cannot be read, one for all rows below.
    """
    shown = _shown(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        return [], [Problem(shown, shown, f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError as error:
        return [], [Problem(shown, shown, f"is not in UTF-8: {error}")]
    classes: list[type[Portal]] = []
    problems: list[Problem] = []
    heading: list[str] = []
    for number, line in enumerate(lines, 1):
        place, name = f"{shown}:{number}", shown
        try:
            cells = _cells(line)
            if not cells:
                continue
            if not heading or set(cells) >= set(_REQUIRED):
                heading = _checked_heading(cells)
                continue
            row = _row(heading, cells)
            name = row["name"] or shown
            classes.append(portal_of(row, place, module))
        except _HeadingError as error:
            return classes, [*problems, Problem(shown, place, str(error))]
        except DeclarationError as error:
            problems.append(Problem(name, place, error.words))
        except ValueError as error:
            problems.append(Problem(name, place, str(error)))
    return classes, problems


def _shown(path: Path) -> str:
    """Return ``path`` as short as it can be said in this folder."""
    folder = Path.cwd()
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


# --- cells ----------------------------------------------------------------------------------------


class _HeadingError(ValueError):
    """The names of the columns cannot be right."""


def _cells(line: str) -> list[str]:
    """Return the cells of a line up to the last that is filled. Lines are read one by one, so that a
    quotation mark too many costs one row.
    """
    try:
        cells = [cell.strip() for cells in csv.reader([line], strict=True) for cell in cells]
    except csv.Error as error:
        raise ValueError(f"is no row of a CSV file: {error}; a cell cannot go on in the next line") from None
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _checked_heading(cells: list[str]) -> list[str]:
    """Return the names of the columns. The heading may come again further down, with other columns: files are
    put together, and ``probe`` prints a heading with its row.
    """
    known = (*COLUMNS, *MORE_COLUMNS)
    for cell in cells:
        if cell not in known:
            raise _HeadingError(f"no column has the name '{cell}'{meant(cell, known)}")
        if cells.count(cell) > 1:
            raise _HeadingError(f"two columns have the name '{cell}'")
    if missing := [column for column in _REQUIRED if column not in cells]:
        raise _HeadingError(f"the heading has no column '{missing[0]}'; it may be: {','.join(COLUMNS)}")
    return cells


def _row(heading: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells by column, all columns there are."""
    if len(cells) > len(heading):
        raise ValueError(
            f"{len(cells)} cells under {len(heading)} columns: a cell with a comma stands in quotation marks"
        )
    given = dict(zip(heading, cells, strict=False))
    return {column: given.get(column, "") for column in (*COLUMNS, *MORE_COLUMNS)}


# --- a row as a class -----------------------------------------------------------------------------


def portal_of(row: Mapping[str, str], place: str, module: str) -> type[Portal]:
    """Return the class of a row: cells by column, every one of ``COLUMNS`` and ``MORE_COLUMNS``. ``place`` is
    its file and line. Raises ``DeclarationError`` or ``ValueError`` for what cannot be right.
    """
    unit = _unit_constants(row)
    constants: dict[str, Any] = {
        "__module__": module,
        "__doc__": row["note"] or unit["title"],
        "declared_at": place,
        **{column: row[column] for column in ("name", "status", "successor", "tls") if row[column]},
        **unit,
        "base_url": row["base_url"],
        "hosts": tuple(row["hosts"].split()),
        "platform": _platform(row["platform"]),
        "sections": read_sections(row["sections"]),
    }
    return type(_class_name(row["name"]), (Portal,), constants)


def _class_name(name: str) -> str:
    """Return "HcmTanBinh" for "hcm-tan-binh"."""
    words = re.split(r"[^a-z0-9]+", name)
    joined = "".join(word.capitalize() for word in words)
    return joined if joined.isidentifier() else f"Portal{joined}"


def _platform(key: str) -> type[Platform] | None:
    if key and key not in PLATFORMS:
        raise ValueError(
            f"platform = '{key}': expected a key of these, or nothing to recognise it: "
            f"{', '.join(PLATFORMS)}{meant(key, PLATFORMS)}"
        )
    return PLATFORMS[key] if key else None


def _unit_constants(row: Mapping[str, str]) -> dict[str, str]:
    """Return title and level, and the unit's key, as far as they are known."""
    constants = {column: row[column] for column in ("title", "level") if row[column]}
    if row["unit_code"]:
        unit = unit_of(row["unit_code"], row["title"] or row["name"].replace("-", " "))
        valid_from = unit.valid_from.isoformat() if unit.valid_from else ""
        key = {"unit_code": unit.code, "unit_valid_from": valid_from}
        return {"title": f"UBND {unit.name}", "level": unit.level} | constants | key
    if missing := [column for column in ("title", "level") if column not in constants]:
        raise ValueError(f"without a unit_code it needs a {missing[0]}: add the column '{missing[0]}'")
    return constants


def unit_of(code: str, said: str) -> Unit:
    """Return the unit with a statistics-office code. Most codes of communes were given out again in July
    2025. Of two units that had a code it is the one whose name ``said`` holds, a portal's title or the words
    of its name; where that holds both, the one of the longer name, and of two that bear one name the one of
    today. Raises ``ValueError`` where there is no such unit.
    """
    periods = (by_code(code, REFORM - timedelta(days=1)), by_code(code, REFORM))
    units = [unit for unit in periods if unit is not None]
    if not units:
        raise ValueError(f"unit_code = '{code}': no unit has or had this code; see 'wardcrawler units NAME'")
    if len(units) == 1:
        return units[0]
    before, since = units
    if before.name == since.name:
        return since
    named = [unit for unit in (since, before) if names_unit(said, unit)]
    if not named:
        raise ValueError(
            f"unit_code = '{code}': it was that of {before.name} until June 2025 and is that of {since.name} "
            "now: the portal's name, or a title, must name one of them"
        )
    return max(named, key=lambda unit: len(_bare_name(unit)))


def names_unit(text: str, unit: Unit) -> bool:
    """Say whether ``text`` holds the name of ``unit``, in any spelling; its type may be missing."""
    return re.search(rf"(?<!\w){re.escape(_bare_name(unit))}(?!\w)", fold(text)) is not None


def _bare_name(unit: Unit) -> str:
    """Return the name without its type, in lower case, without diacritics."""
    return spellings([unit.name])[unit.name][2]


# --- sections -------------------------------------------------------------------------------------


def read_sections(text: str) -> dict[str, str]:
    """Return the sections of ``Title=/path; Title=/path``, paths or addresses by title. A title has neither
    "=" nor ";", a path neither ";" nor a space (they can be written %3B and %20). Raises ``ValueError`` for
    anything else.
    """
    sections: dict[str, str] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        title, equals, path = (word.strip() for word in part.partition("="))
        if not (equals and title and _PATH.fullmatch(path)):
            raise ValueError(f"sections: '{part}' is not Title=/path; sections have ';' between them")
        if title in sections:
            raise ValueError(f"sections: two have the title '{title}'")
        sections[title] = path
    return sections


def write_sections(sections: Mapping[str, str]) -> str:
    """Return sections as :func:`read_sections` reads them; what titles and paths cannot have is replaced."""
    titles, paths = str.maketrans({";": ",", "=": "–"}), str.maketrans({";": "%3B", " ": "%20"})
    return "; ".join(f"{title.translate(titles)}={path.translate(paths)}" for title, path in sections.items())


def write_row(row: Mapping[str, str]) -> str:
    """Return a heading and a row as two lines of CSV; ``row`` has cells by column, as many as it likes."""
    columns = [*COLUMNS, *(column for column in MORE_COLUMNS if column in row)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerow([" ".join(row.get(column, "").split()) for column in columns])
    return text.getvalue()
