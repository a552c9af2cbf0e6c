"""Build the unit tables in ``wardcrawler/units/data/`` from the PyPI package ``vietnamadminunits``.

    pip install --no-deps --target DIRECTORY vietnamadminunits==1.0.4
    python tools/build_units.py DIRECTORY

Only data files of the package are read: none of its code runs, so none of its dependencies is needed.
The same input gives the same bytes. Run from the root of the repository.
"""

import csv
import hashlib
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, NamedTuple

PACKAGE = "vietnamadminunits"
TARGET = Path("wardcrawler/units/data")

REFORM = "2025-07-01"
# When a unit of the time before was set up is not in the source: an empty valid_from, part of the key.
UNKNOWN = ""
PERIOD_THEN = (UNKNOWN, REFORM)
PERIOD_NOW = (REFORM, "")

MERGED_PROVINCES = "202/2025/QH15"
# The only resolution on communes that was matched to its units: all 168 of Ho Chi Minh City.
COMMUNE_RESOLUTIONS = {"79": "1685/NQ-UBTVQH15"}

LEVELS = {
    "Tỉnh": "province",
    "Quận": "district",
    "Huyện": "district",
    "Thị xã": "district",
    "Phường": "ward",
    "Xã": "commune",
    "Thị trấn": "commune",
    "Đặc khu": "commune",
}
TYPES = (*LEVELS, "Thành phố")
TYPE_KEY = re.compile(r"(phuong|xa|thitran|quan|huyen|thixa|thanhpho)(?=[^0\W])")

UNIT_COLUMNS = ("code", "name", "level", "parent", "province", "valid_from", "valid_to", "resolution")
SUCCESSOR_COLUMNS = ("old_code", "old_valid_from", "new_code", "new_valid_from", "is_default")
EARLIER_COLUMNS = ("code", "key")


class Unit(NamedTuple):
    """One row of units.csv, in the order of its columns; "" for what is not known."""

    code: str
    name: str
    level: str
    parent: str
    province: str
    valid_from: str
    valid_to: str
    resolution: str


class Source(NamedTuple):
    """The package's data: rows of its two tables, its mapping, and where it came from."""

    then: list[sqlite3.Row]
    now: list[sqlite3.Row]
    mapping: dict[str, Any]
    version: str
    licence: str
    checksums: dict[str, str]


def main(directory: str) -> None:
    """Write units.csv, unit_successors.csv, earlier_names.csv and SOURCE.md from the package below."""
    source = read(installed(directory))
    links = ward_links(source)
    artefacts = name_artefacts(source, links)
    links = without(links, artefacts)
    successors = province_links(source, links) + district_links(source, links) + default_links(links)
    units = sorted(then_units(source) | now_units(source, successors), key=chronological)
    earlier = sorted(earlier_names(source), key=lambda row: by_level(*row))
    write("units.csv", UNIT_COLUMNS, units)
    write(
        "unit_successors.csv", SUCCESSOR_COLUMNS, sorted(successors, key=lambda row: by_level(row[0], row[2]))
    )
    write("earlier_names.csv", EARLIER_COLUMNS, earlier)
    (TARGET / "SOURCE.md").write_text(
        describe(source, units, successors, earlier, artefacts), encoding="utf-8", newline="\n"
    )


def installed(directory: str) -> Distribution:
    """Find the package in a directory that pip installed it into."""
    found = next(iter(distributions(name=PACKAGE, path=[directory])), None)
    if found is None:
        sys.exit(
            f"{PACKAGE} is not in {directory}: pip install --no-deps --target {directory} {PACKAGE}==1.0.4"
        )
    return found


def read(package: Distribution) -> Source:
    """Read the package's tables and mapping, checking that they are what this script was written for."""
    database = Path(str(package.locate_file(f"{PACKAGE}/data/dataset.db")))
    converter = Path(str(package.locate_file(f"{PACKAGE}/data/converter_2025.json")))
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    then = connection.execute("SELECT * FROM admin_units_legacy").fetchall()
    now = connection.execute("SELECT * FROM admin_units").fetchall()
    connection.close()
    return Source(
        then,
        now,
        json.loads(converter.read_text(encoding="utf-8")),
        package.version,
        package.read_text("licenses/LICENSE") or sys.exit("the package came without its licence"),
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (database, converter)},
    )


def by_level(*codes: str) -> tuple[tuple[int, str], ...]:
    """Sort provinces (2 digits) before districts (3) before communes (5)."""
    return tuple((len(code), code) for code in codes)


def chronological(unit: Unit) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Sort units of before the reform first, and within a period by level."""
    return unit.valid_from, by_level(unit.code)


def code_of(row: Mapping[str, str] | sqlite3.Row) -> str:
    """Return the code of the lowest unit of a row: five island districts had no communes."""
    code: str = row["wardCode"] or row["districtCode"]
    return code


def official(name: str) -> str:
    """Return ``name`` with its type spelt as the others are: the source has a few "Thị Trấn Ái Tử"."""
    for kind in TYPES:
        if name.casefold().startswith(f"{kind.casefold()} "):
            return kind + name[len(kind) :]
    sys.exit(f"{name!r} begins with no known type")


def level_of(name: str, code: str) -> str:
    """Return the level of an official name; a Thành phố is a province or, with 3 digits, a district."""
    city = "province" if len(code) == 2 else "district"
    return next((level for kind, level in LEVELS.items() if name.startswith(f"{kind} ")), city)


def unit_row(
    code: str, name: str, parent: str, province: str, *, period: tuple[str, str], resolution: str = ""
) -> Unit:
    """Build one row of units.csv."""
    name = official(name)
    return Unit(code, name, level_of(name, code), parent, province, *period, resolution)


def then_units(source: Source) -> set[Unit]:
    """Return provinces, districts and communes of 30 June 2025."""
    units = set()
    for row in source.then:
        province, district = row["provinceCode"], row["districtCode"]
        units.add(unit_row(province, row["province"], "", province, period=PERIOD_THEN))
        units.add(unit_row(district, row["district"], province, province, period=PERIOD_THEN))
        if row["wardCode"]:
            units.add(unit_row(row["wardCode"], row["ward"], district, province, period=PERIOD_THEN))
    return units


def now_units(source: Source, successors: Iterable[Sequence[str]]) -> set[Unit]:
    """Return provinces and communes of 1 July 2025. A province of several then was merged by law."""
    formed_of = Counter(new for old, _, new, *_ in successors if len(old) == 2)
    units = set()
    for row in source.now:
        code = row["provinceCode"]
        by = MERGED_PROVINCES if formed_of[code] > 1 else ""
        units.add(unit_row(code, row["province"], "", code, period=PERIOD_NOW, resolution=by))
        by = COMMUNE_RESOLUTIONS.get(code, "")
        units.add(unit_row(row["wardCode"], row["ward"], code, code, period=PERIOD_NOW, resolution=by))
    return units


def ward_links(source: Source) -> dict[str, dict[str, bool]]:
    """Return old code → {new code: the source's default for a split unit?}."""
    old = {
        "_".join((row["provinceKey"], row["districtKey"], row["wardKey"] or "")): row for row in source.then
    }
    new = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in source.now}
    links: dict[str, dict[str, bool]] = defaultdict(dict)
    for province, whole in source.mapping["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, old_keys in whole.items():
            for key in old_keys:
                links[code_of(old[key])][new[province, new_key]] = True
    for province, split in source.mapping["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in split.items():
            for part in parts:
                links[code_of(old[old_key])][new[province, part["newWardKey"]]] = part["isDefaultNewWard"]
    if links.keys() != {code_of(row) for row in source.then}:
        sys.exit("the mapping does not cover every old unit")
    return links


def name_artefacts(source: Source, links: Mapping[str, Mapping[str, bool]]) -> list[tuple[str, str]]:
    """Return the links that come from joining old units by name alone.

    The source took two old units of one name in one new province ("Xã Phú Hữu" in Hậu Giang and in Sóc
    Trăng) for one unit split in two, and gave each the other's successor. Of such namesakes the one
    belongs to the new unit whose district, or else province, the other old parts of it come from.
    """
    rows = {code_of(row): row for row in source.then}
    parts: dict[str, list[str]] = defaultdict(list)
    for old, news in links.items():
        for new in news:
            parts[new].append(old)

    def closeness(old: str, new: str) -> int:
        names = Counter(rows[part]["ward"] for part in parts[new])
        others = [rows[part] for part in parts[new] if names[rows[part]["ward"]] == 1]
        if any(other["districtCode"] == rows[old]["districtCode"] for other in others):
            return 2
        return int(any(other["provinceCode"] == rows[old]["provinceCode"] for other in others))

    def is_artefact(old: str, new: str) -> bool:
        name = rows[old]["ward"]
        namesakes = [part for part in parts[new] if part != old and rows[part]["ward"] == name]
        return any(closeness(namesake, new) > closeness(old, new) for namesake in namesakes)

    several = {old: news for old, news in links.items() if len(news) > 1}
    return sorted((old, new) for old, news in several.items() for new in news if is_artefact(old, new))


def without(
    links: Mapping[str, Mapping[str, bool]], dropped: Sequence[tuple[str, str]]
) -> dict[str, dict[str, bool]]:
    """Return ``links`` less ``dropped``; refuse to leave an old unit without any successor."""
    kept = {
        old: {new: chosen for new, chosen in news.items() if (old, new) not in dropped}
        for old, news in links.items()
    }
    if not all(kept.values()):
        sys.exit("a unit would lose its last successor")
    return kept


def link(old: str, new: str, is_default: str) -> tuple[str, ...]:
    """Build one row of unit_successors.csv."""
    return (old, UNKNOWN, new, REFORM, is_default)


def default_links(links: Mapping[str, Mapping[str, bool]]) -> list[tuple[str, ...]]:
    """Return the rows of communes and of districts that had none; the default is the source's choice."""
    return [
        link(old, new, str(int(chosen or len(news) == 1)))
        for old, news in links.items()
        for new, chosen in news.items()
    ]


def district_links(source: Source, links: Mapping[str, Mapping[str, bool]]) -> list[tuple[str, ...]]:
    """Return district → every unit its communes went to; a default only where that is a single one."""
    reached: dict[str, set[str]] = defaultdict(set)
    for row in source.then:
        if row["wardCode"]:
            reached[row["districtCode"]].update(links[row["wardCode"]])
    return [link(old, new, "1" if len(news) == 1 else "") for old, news in reached.items() for new in news]


def province_links(source: Source, links: Mapping[str, Mapping[str, bool]]) -> list[tuple[str, ...]]:
    """Return province → province. The reform merged whole provinces, which the communes must bear out."""
    province_now = {row["wardCode"]: row["provinceCode"] for row in source.now}
    reached: dict[str, set[str]] = defaultdict(set)
    for row in source.then:
        reached[row["provinceCode"]].update(province_now[new] for new in links[code_of(row)])
    if any(len(news) != 1 for news in reached.values()):
        sys.exit("a province would have been split")
    return [link(old, new, "1") for old, news in reached.items() for new in news]


def earlier_names(source: Source) -> set[tuple[str, str]]:
    """Return (code, type and name without diacritics and spaces) of names given up before the reform.

    The source keeps these names in no better form: "phuong6" for the Phường Võ Thị Sáu of Quận 3.
    """
    found: set[tuple[str, str]] = set()
    for row in source.then:
        for prefix, code in (("district", row["districtCode"]), ("ward", row["wardCode"])):
            keys = json.loads(row[f"{prefix}Alias"] or "[]")
            bare = {TYPE_KEY.sub("", key, count=1) for key in keys}
            typed = (key for key in keys if TYPE_KEY.match(key) and key.isascii())
            found.update((code, key) for key in typed if key not in bare)
    return found


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one table: comma separated, UTF-8, a line feed after each row."""
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)


def describe(
    source: Source,
    units: Sequence[Unit],
    successors: Sequence[Sequence[str]],
    earlier: Sequence[tuple[str, str]],
    artefacts: Sequence[tuple[str, str]],
) -> str:
    """Return SOURCE.md: where the data comes from, its licence, what was changed and what it holds."""
    counts = Counter((unit.valid_from or "before", unit.level) for unit in units)
    name = {(unit.code, unit.valid_from): unit.name for unit in units}
    parent = {(unit.code, unit.valid_from): unit.parent for unit in units}
    dropped = "\n".join(
        f"| {old} {name[old, UNKNOWN]}, {name[parent[old, UNKNOWN], UNKNOWN]} | {new} {name[new, REFORM]} |"
        for old, new in artefacts
    )
    held = "\n".join(
        f"| {period if period == REFORM else f'before {REFORM}'} | {level} | {count} |"
        for (period, level), count in sorted(counts.items())
    )
    checksums = "\n".join(f"| `{file}` | `{digest}` |" for file, digest in source.checksums.items())
    return f"""\
# Source of the tables in this folder

Written by `tools/build_units.py`; do not edit. What the tables mean is in `docs/units.md`.

- Package: `{PACKAGE}` {source.version}, last changed in August 2025;
  repository <https://github.com/tranngocminhhieu/{PACKAGE}>. Only its data was used, none of its code.
- Its own sources: the unit register of the statistics office (danhmuchanhchinh.gso.gov.vn, files dated
  2025-07-18) and the map of the mergers (sapnhap.bando.com.vn, file dated 2025-07-17).
- Not from the package: the resolution numbers, `{MERGED_PROVINCES}` on provinces that were merged and
  `{COMMUNE_RESOLUTIONS["79"]}` on the 168 units of Ho Chi Minh City.

| file read | SHA-256 |
|---|---|
{checksums}

## What it holds

| valid | level | rows |
|---|---|---|
{held}

{len(successors)} rows in `unit_successors.csv`, {len(earlier)} in `earlier_names.csv`.

## What was changed

- "Thị Trấn", "Thị Xã" and "Thành Phố" at the start of a name became "Thị trấn", "Thị xã" and "Thành phố".
- Successors of districts and provinces were put together from those of their communes.
- Of the names given up before the reform only those with their type were kept.
- These {len(artefacts)} successors were left out. The package joined old units by name inside a new
  province, so that namesakes got each other's successors; of the namesakes, only the one from where the
  other parts of the new unit come from keeps it.

| old unit | not its successor |
|---|---|
{dropped}

## Licence of the package and its data

{source.licence.strip()}
"""


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
