"""Data dictionary, ``docs/schema.md`` and ``docs/schema.vi.md``, made of the schema and the descriptions.

``python -m wardcrawler.store.schema.dictionary`` writes both anew, in the folder ``docs`` of the repository.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from wardcrawler.store.schema.descriptions import Column, Table, Text, descriptions, is_internal
from wardcrawler.store.schema.migrations import MIGRATIONS

Language = Literal["en", "vi"]

FILES: dict[Language, str] = {"en": "schema.md", "vi": "schema.vi.md"}
"""The page in each language."""

_INTRODUCTION = Text(
    """\
# Data dictionary

Every table, view and column of a database. Made of the schema and of the descriptions in
`wardcrawler/store/schema/words/` by `python -m wardcrawler.store.schema.dictionary`: change those, not this
page.
[Tiếng Việt](schema.vi.md)

Begin with the view [`records`](#records); [questions.md](questions.md) shows how.

- Times are text, ISO 8601 in Vietnamese time: `2023-06-24T08:37:00+07:00`. They sort as text.
- NULL always has a meaning, which stands with the column. A column without such a note is never NULL.
- Texts are spelled as portals print them, in composed Unicode (NFC); search indexes hold a normalised form.
- Nothing is ever deleted: what a portal edits stays in [`revisions`](#revisions), what it takes off gets
  `gone_at`.
- In **bold**: the primary key. → names the row another table has of it.
""",
    """\
# Từ điển dữ liệu

Mọi bảng, khung nhìn và cột của một cơ sở dữ liệu. Trang này do lệnh
`python -m wardcrawler.store.schema.dictionary` tạo từ lược đồ và các mô tả trong
`wardcrawler/store/schema/words/`: hãy sửa ở đó, đừng sửa ở đây.
[English](schema.md)

Hãy bắt đầu với khung nhìn [`records`](#records).

- Thời gian là văn bản, ISO 8601 theo giờ Việt Nam: `2023-06-24T08:37:00+07:00`. Có thể so sánh như văn bản.
- NULL luôn có nghĩa, ghi cạnh cột. Cột không ghi gì thì không bao giờ NULL.
- Văn bản giữ chính tả như cổng in, Unicode dựng sẵn (NFC). Chỉ mục tìm kiếm dùng dạng đã chuẩn hóa.
- Không gì bị xóa: những gì cổng sửa nằm trong [`revisions`](#revisions), những gì cổng gỡ có `gone_at`.
- Chữ **đậm**: khóa chính. → chỉ đến dòng tương ứng trong bảng khác.
""",
)
_VIEWS = Text("Views", "Khung nhìn")
_TABLES = Text("Tables", "Bảng")
_HEAD = Text("| column | type | |", "| cột | kiểu | |")
_INTERNAL = Text(
    "Internal, for SQLite, the indexes and migrations, and nobody's to read or write:",
    "Bảng nội bộ của SQLite, chỉ mục và việc nâng cấp, không ai nên đọc hay ghi:",
)


def data_dictionary(db: Database, language: Language) -> str:
    """Return the page in ``language``, as Markdown, for a database ``db`` that is up to date."""
    return "\n".join(_lines(db, language))


def _lines(db: Database, language: Language) -> Iterator[str]:
    kinds: dict[str, str] = dict(
        db.execute("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')").fetchall()
    )
    described = descriptions()
    yield _pick(_INTRODUCTION, language)
    for kind, heading in (("view", _VIEWS), ("table", _TABLES)):
        names = [name for name in described if kinds.get(name) == kind]
        yield f"## {_pick(heading, language)}"
        yield ""
        yield from (f"- [`{name}`](#{name}): {_pick(described[name].text, language)}" for name in names)
        yield ""
        for name in names:
            yield from _table(db, name, described[name], language)
    internal = ", ".join(f"`{name}`" for name in sorted(kinds) if is_internal(name))
    yield f"{_pick(_INTERNAL, language)} {internal}."
    yield ""


def _table(db: Database, name: str, table: Table, language: Language) -> Iterator[str]:
    foreign = _foreign_keys(db, name)
    yield f"### {name}"
    yield ""
    yield _pick(table.text, language)
    yield ""
    yield _pick(_HEAD, language)
    yield "|---|---|---|"
    for _, column, type_, _, _, key in db.execute(f"PRAGMA table_info('{name}')").fetchall():
        described = table.columns[column]
        shown = f"**{column}**" if key else column
        meaning = " ".join((_meaning(described, language), *foreign.get(column, ())))
        yield f"| {shown} | {described.type or type_.upper()} | {meaning} |"
    yield ""


def _meaning(column: Column, language: Language) -> str:
    parts = [_pick(column.text, language)]
    parts += [f"`{value}`: {_pick(text, language)}." for value, text in column.values.items()]
    if column.null:
        parts.append(f"NULL: {_pick(column.null, language)}.")
    return " ".join(parts)


def _foreign_keys(db: Database, name: str) -> dict[str, list[str]]:
    """Return by column what it refers to: ``→ `pages` (`site`, `key`)``; PRAGMA foreign_key_list."""
    keys: dict[int, tuple[str, list[str], list[str]]] = {}
    for number, _, other, own, theirs, *_ in db.execute(f"PRAGMA foreign_key_list('{name}')").fetchall():
        _, owns, others = keys.setdefault(number, (other, [], []))
        owns.append(own)
        others.append(theirs)
    found: dict[str, list[str]] = {}
    for other, owns, others in keys.values():
        for own in owns:
            found.setdefault(own, []).append(f"→ [`{other}`](#{other}) ({', '.join(others)})")
    return found


def _pick(text: Text, language: Language) -> str:
    return text.vi if language == "vi" else text.en


def write_pages(folder: Path) -> None:
    """Write the page in every language into ``folder``."""
    with closing(Database(memory=True)) as db:
        MIGRATIONS.apply(db)
        for language, name in FILES.items():
            (folder / name).write_text(data_dictionary(db, language), encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(__file__).parents[3] / "docs")
