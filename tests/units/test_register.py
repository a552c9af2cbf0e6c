"""The tables are whole: every unit has its place, and every old one leads to a new one."""

import sqlite3
from collections import Counter
from datetime import date

import pytest

from wardcrawler.units import (
    REFORM,
    SUCCESSOR_COLUMNS,
    UNIT_COLUMNS,
    address,
    ancestors,
    by_code,
    predecessors,
    successor_rows,
    successors,
    unit_rows,
)
from wardcrawler.units.register import all_units
from wardcrawler.units.spelling import spellings, words

UNITS = list(all_units().values())
THEN = [unit for unit in UNITS if unit.valid_to == REFORM]
NOW = [unit for unit in UNITS if unit.valid_from == REFORM]
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


class TestUnits:
    def test_two_periods_and_no_other(self):
        assert len(THEN) + len(NOW) == len(UNITS)
        assert all(unit.valid_from is None for unit in THEN)
        assert all(unit.valid_to is None for unit in NOW)

    def test_the_numbers_of_the_reform(self):
        digits = Counter((unit.valid_from, len(unit.code)) for unit in UNITS)
        assert digits == {
            (None, 2): 63,
            (None, 3): 696,
            (None, 5): 10_035,
            (REFORM, 2): 34,
            (REFORM, 5): 3_321,
        }

    @pytest.mark.parametrize(
        ("kind", "level", "digits"),
        [
            ("Phường", "ward", 5),
            ("Xã", "commune", 5),
            ("Thị trấn", "commune", 5),
            ("Đặc khu", "commune", 5),
            ("Quận", "district", 3),
            ("Huyện", "district", 3),
            ("Thị xã", "district", 3),
            ("Tỉnh", "province", 2),
        ],
    )
    def test_the_type_in_the_name_tells_the_level(self, kind, level, digits):
        of_kind = [unit for unit in UNITS if unit.name.startswith(f"{kind} ")]
        assert of_kind
        assert {(unit.level, len(unit.code)) for unit in of_kind} == {(level, digits)}

    def test_a_city_is_a_province_or_a_district(self):
        cities = {(unit.level, len(unit.code)) for unit in UNITS if unit.name.startswith("Thành phố ")}
        assert cities == {("province", 2), ("district", 3)}

    def test_every_unit_lies_in_its_province(self):
        for unit in UNITS:
            line = (unit, *ancestors(unit))
            assert line[-1].level == "province"
            assert line[-1].code == unit.province
            assert {upper.valid_from for upper in line} == {unit.valid_from}

    def test_no_two_units_have_one_address_at_one_time(self):
        assert len({(address(unit), unit.valid_from) for unit in UNITS}) == len(UNITS)

    def test_names_read_one_by_one_or_together_are_the_same(self):
        together = spellings(unit.name for unit in UNITS)
        for name, (kind, exact, folded) in together.items():
            read = words(name)
            assert " ".join(word.exact for word in read) == f"{kind} {exact}"
            assert " ".join(word.folded for word in read)[len(kind) + 1 :] == folded

    def test_resolutions_are_given_only_where_known(self):
        known = Counter((unit.resolution, unit.level) for unit in UNITS if unit.resolution)
        assert known == {
            ("202/2025/QH15", "province"): 23,
            ("1685/NQ-UBTVQH15", "ward"): 113,
            ("1685/NQ-UBTVQH15", "commune"): 54 + 1,
        }


class TestCodes:
    def test_a_code_means_another_unit_after_the_reform(self):
        then, now = by_code("27142", BEFORE), by_code("27142", AFTER)
        assert then is not None
        assert now is not None
        assert address(then) == "Phường 9, Quận 3, Thành phố Hồ Chí Minh"
        assert address(now) == "Phường Nhiêu Lộc, Thành phố Hồ Chí Minh"

    def test_most_codes_were_given_out_again_and_most_of_these_under_another_name(self):
        codes = {unit.code: unit for unit in THEN if len(unit.code) == 5}
        again = [unit for unit in NOW if unit.code in codes]
        assert len(again) == 3_316
        assert sum(codes[unit.code].name != unit.name for unit in again) == 2_145

    def test_a_district_ends_with_the_reform(self):
        assert by_code("770", BEFORE) is not None
        assert by_code("770", AFTER) is None

    @pytest.mark.parametrize("code", ["", "99999", "27142 ", "9", "Phường 9"])
    def test_an_unknown_code_is_nobody(self, code):
        assert by_code(code, BEFORE) is by_code(code, AFTER) is None


class TestSuccessors:
    def test_every_unit_leads_over_the_reform(self):
        assert all(successors(unit) and not predecessors(unit) for unit in THEN)
        assert all(predecessors(unit) and not successors(unit) for unit in NOW)

    def test_both_directions_agree(self):
        for unit in THEN:
            if unit.level != "district":
                assert all(unit in predecessors(successor) for successor in successors(unit))

    def test_no_unit_of_today_lies_on_two_provinces_of_then(self):
        for unit in NOW:
            if unit.level != "province":
                assert len({old.province for old in predecessors(unit)}) == 1

    def test_a_unit_goes_where_its_province_goes(self):
        province = {unit.code: successors(unit)[0].code for unit in THEN if unit.level == "province"}
        for unit in THEN:
            assert {successor.province for successor in successors(unit)} == {province[unit.province]}

    def test_a_district_goes_where_its_wards_go(self):
        reached: dict[str, set[str]] = {}
        for unit in THEN:
            if unit.level in {"ward", "commune"} and unit.parent:
                reached.setdefault(unit.parent, set()).update(new.code for new in successors(unit))
        for unit in THEN:
            if unit.code in reached:
                assert {new.code for new in successors(unit)} == reached[unit.code]

    def test_five_island_districts_without_communes_are_themselves_predecessors(self):
        islands = [old.name for unit in NOW for old in predecessors(unit) if old.level == "district"]
        assert sorted(islands) == [
            "Huyện Bạch Long Vĩ",
            "Huyện Côn Đảo",
            "Huyện Cồn Cỏ",
            "Huyện Hoàng Sa",
            "Huyện Lý Sơn",
        ]

    def test_the_split_wards(self):
        parts = Counter(len(successors(unit)) for unit in THEN if len(unit.code) == 5)
        assert parts == {1: 9_593, 2: 370, 3: 56, 4: 15, 5: 1}

    @pytest.mark.parametrize("code", ["28252", "27691", "31378"])
    def test_namesakes_in_a_merged_province_do_not_inherit_from_each_other(self, code):
        unit = by_code(code, BEFORE)
        assert unit is not None
        assert len(successors(unit)) == 1


@pytest.fixture(scope="module")
def database():
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(
        "CREATE TABLE units (code TEXT NOT NULL, name TEXT NOT NULL, level TEXT NOT NULL, parent TEXT,"
        " province TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT, resolution TEXT,"
        " PRIMARY KEY (code, valid_from),"
        " FOREIGN KEY (parent, valid_from) REFERENCES units (code, valid_from)) STRICT;"
        "CREATE TABLE unit_successors (old_code TEXT NOT NULL, old_valid_from TEXT NOT NULL,"
        " new_code TEXT NOT NULL, new_valid_from TEXT NOT NULL, is_default INTEGER,"
        " PRIMARY KEY (old_code, old_valid_from, new_code, new_valid_from),"
        " FOREIGN KEY (old_code, old_valid_from) REFERENCES units (code, valid_from),"
        " FOREIGN KEY (new_code, new_valid_from) REFERENCES units (code, valid_from)) STRICT;"
    )
    database.executemany(f"INSERT INTO units VALUES ({','.join('?' * len(UNIT_COLUMNS))})", unit_rows())
    database.executemany(
        f"INSERT INTO unit_successors VALUES ({','.join('?' * len(SUCCESSOR_COLUMNS))})", successor_rows()
    )
    yield database
    database.close()


class TestRows:
    def test_they_fit_strict_tables_with_their_keys(self, database):
        assert database.execute("SELECT count(*) FROM units").fetchone() == (len(UNITS),)
        columns = [row[1] for row in database.execute("PRAGMA table_info(units)")]
        assert tuple(columns) == UNIT_COLUMNS

    @pytest.mark.parametrize(
        ("at", "name"),
        [
            ("2019-03-01T08:00:00+07:00", "Phường 9"),
            ("2025-06-30T23:59:59+07:00", "Phường 9"),
            ("2025-07-01T00:00:00+07:00", "Phường Nhiêu Lộc"),
            ("2025-07-01", "Phường Nhiêu Lộc"),
        ],
    )
    def test_one_comparison_finds_the_unit_of_a_moment(self, database, at, name):
        names = database.execute(
            "SELECT name FROM units WHERE code = '27142'"
            " AND valid_from <= :at AND (valid_to IS NULL OR :at < valid_to)",
            {"at": at},
        ).fetchall()
        assert names == [(name,)]

    def test_a_commune_has_exactly_one_default_successor(self, database):
        defaults = database.execute(
            "SELECT sum(is_default) FROM unit_successors WHERE length(old_code) = 5 GROUP BY old_code"
        ).fetchall()
        assert set(defaults) == {(1,)}

    def test_a_district_that_went_to_several_has_none(self, database):
        assert database.execute(
            "SELECT count(*) FROM unit_successors WHERE old_code = '770' AND is_default IS NULL"
        ).fetchone() == (3,)
