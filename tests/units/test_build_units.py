"""The build script turns the source's rows and name-keyed mapping into the three tables."""

import csv
import json
import sqlite3

import pytest

from tools import build_units

THEN_COLUMNS = (
    "province, district, ward, provinceKey, districtKey, wardKey, provinceCode, districtCode, wardCode,"
    " districtAlias, wardAlias"
)
NOW_COLUMNS = "province, ward, provinceKey, wardKey, provinceCode, wardCode"

# Two provinces merge. Both have a Xã Hòa, each merged with its neighbour, and an island has no communes.
THEN = [
    ("Tỉnh Bắc", "Huyện Một", "Xã Hòa", "bac", "mot", "hoa", "10", "101", "00001", None, None),
    (
        "Tỉnh Bắc",
        "Huyện Một",
        "Thị Trấn Một",
        "bac",
        "mot",
        "ttmot",
        "10",
        "101",
        "00002",
        '["thixacu", "txcu", "cu"]',
        '["thitranxua", "xua", "phuong1", "phuong01", "p1", "xãxưa"]',
    ),
    ("Tỉnh Nam", "Huyện Hai", "Xã Hòa", "nam", "hai", "hoa", "20", "201", "00003", None, None),
    ("Tỉnh Nam", "Huyện Hai", "Xã Xa", "nam", "hai", "xa", "20", "201", "00004", None, '["xaxa", "xa"]'),
    ("Tỉnh Nam", "Huyện Đảo", None, "nam", "dao", None, "20", "202", None, None, None),
]
NOW = [
    ("Tỉnh Bắc", "Xã Một", "bac", "xamot", "10", "00001"),
    ("Tỉnh Bắc", "Phường Hai", "bac", "phuonghai", "10", "00003"),
    ("Tỉnh Bắc", "Đặc khu Đảo", "bac", "dackhudao", "10", "00009"),
]
MAPPING = {
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "bac": {"xamot": ["bac_mot_ttmot"], "phuonghai": ["nam_hai_xa"], "dackhudao": ["nam_dao_"]}
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "bac": {
            key: [
                {"newWardKey": "xamot", "isDefaultNewWard": True},
                {"newWardKey": "phuonghai", "isDefaultNewWard": False},
            ]
            for key in ("bac_mot_hoa", "nam_hai_hoa")
        }
    },
}


@pytest.fixture
def built(tmp_path, monkeypatch):
    data = tmp_path / "vietnamadminunits" / "data"
    data.mkdir(parents=True)
    (data / "converter_2025.json").write_text(json.dumps(MAPPING), encoding="utf-8")
    database = sqlite3.connect(data / "dataset.db")
    for table, columns, rows in (
        ("admin_units_legacy", THEN_COLUMNS, THEN),
        ("admin_units", NOW_COLUMNS, NOW),
    ):
        database.execute(f"CREATE TABLE {table} ({columns})")
        database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
    database.commit()
    database.close()
    licences = tmp_path / "vietnamadminunits-9.9.dist-info" / "licenses"
    licences.mkdir(parents=True)
    (licences / "LICENSE").write_text("Do as you like.", encoding="utf-8")
    (licences.parent / "METADATA").write_text("Name: vietnamadminunits\nVersion: 9.9\n", encoding="utf-8")
    monkeypatch.setattr(build_units, "TARGET", tmp_path)
    build_units.main(str(tmp_path))
    return tmp_path


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestUnits:
    def test_both_periods_provinces_first(self, built):
        assert [(row["valid_from"], row["code"]) for row in rows_of(built / "units.csv")] == [
            *(("", code) for code in ("10", "20", "101", "201", "202", "00001", "00002", "00003", "00004")),
            *(("2025-07-01", code) for code in ("10", "00001", "00003", "00009")),
        ]

    def test_a_commune_has_its_parent_and_period(self, built):
        rows = {(row["code"], row["valid_from"]): row for row in rows_of(built / "units.csv")}
        assert rows["00002", ""] == {
            "code": "00002",
            "name": "Thị trấn Một",
            "level": "commune",
            "parent": "101",
            "province": "10",
            "valid_from": "",
            "valid_to": "2025-07-01",
            "resolution": "",
        }
        assert rows["00003", "2025-07-01"]["parent"] == "10"

    def test_only_a_province_that_others_joined_names_the_resolution(self, built):
        resolutions = {row["code"]: row["resolution"] for row in rows_of(built / "units.csv")}
        assert resolutions["10"] == "202/2025/QH15"
        assert set(resolutions.values()) == {"", "202/2025/QH15"}


class TestSuccessors:
    def test_namesakes_keep_only_the_successor_of_their_neighbours(self, built):
        rows = rows_of(built / "unit_successors.csv")
        communes = {
            (row["old_code"], row["new_code"], row["is_default"]) for row in rows if len(row["old_code"]) == 5
        }
        assert communes == {
            ("00001", "00001", "1"),
            ("00002", "00001", "1"),
            ("00003", "00003", "1"),
            ("00004", "00003", "1"),
        }

    def test_what_was_left_out_is_said(self, built):
        source = (built / "SOURCE.md").read_text(encoding="utf-8")
        assert "| 00001 Xã Hòa, Huyện Một | 00003 Phường Hai |" in source
        assert "| 00003 Xã Hòa, Huyện Hai | 00001 Xã Một |" in source

    def test_districts_and_provinces_go_where_their_communes_go(self, built):
        rows = rows_of(built / "unit_successors.csv")
        assert [(row["old_code"], row["new_code"]) for row in rows if len(row["old_code"]) < 5] == [
            ("10", "10"),
            ("20", "10"),
            ("101", "00001"),
            ("201", "00003"),
            ("202", "00009"),
        ]


def test_of_earlier_names_those_with_their_type_are_kept(built):
    assert [(row["code"], row["key"]) for row in rows_of(built / "earlier_names.csv")] == [
        ("101", "thixacu"),
        ("00002", "phuong1"),
        ("00002", "thitranxua"),
        ("00004", "xaxa"),
    ]


def test_the_licence_goes_with_the_data(built):
    source = (built / "SOURCE.md").read_text(encoding="utf-8")
    assert "Package: `vietnamadminunits` 9.9" in source
    assert source.endswith("Do as you like.\n")


def test_a_directory_without_the_package_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="is not in"):
        build_units.main(str(tmp_path))
