"""Parquet as pandas reads it."""

import io
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.export.rows import FILE, row
from wardcrawler.export import parquet
from wardcrawler.store.export import EXPORT_COLUMNS
from wardcrawler.store.schema.descriptions import descriptions


def written(rows: Iterable[dict[str, Any]]) -> io.BytesIO:
    file = io.BytesIO()
    parquet.write(rows, file)
    file.seek(0)
    return file


def test_times_are_timestamps_in_vietnam_and_the_rest_is_text() -> None:
    frame = pd.read_parquet(written([row(title="Phường 9", published_at="2023-06-24T08:37:00+07:00")]))
    assert list(frame.columns) == list(EXPORT_COLUMNS)
    assert frame.published_at[0] == pd.Timestamp("2023-06-24 08:37", tz="Asia/Ho_Chi_Minh")
    assert str(frame.published_at.dt.tz) == "Asia/Ho_Chi_Minh"
    assert (frame.title[0], frame.id[0]) == ("Phường 9", 1)
    assert frame.author.isna()[0]
    assert frame.gone_at.isna()[0]


def test_how_a_page_was_read_is_text_that_is_written_once_for_many_rows() -> None:
    file = written(row(extraction=read) for read in ["platform", "structure", None] * 50)
    assert pq.read_table(file).column("extraction").to_pylist() == ["platform", "structure", None] * 50
    group = pq.read_metadata(file).row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    (column,) = [each for each in columns if each.path_in_schema == "extraction"]
    assert column.has_dictionary_page


def test_every_column_that_is_described_as_a_time_is_one() -> None:
    described = descriptions()["records"].columns
    assert {name for name, column in described.items() if "ISO 8601" in column.text.en} == parquet.TIMES


def test_files_and_pictures_are_lists_of_structs() -> None:
    image = {"url": "https://ubnd.example/a.jpg", "caption": None, "alt": "Hội nghị"}
    (record,) = pq.read_table(written([row(attachments=[FILE], images=[image])])).to_pylist()
    assert record["attachments"] == [FILE]
    assert record["images"] == [image]


def test_no_record_leaves_the_schema() -> None:
    frame = pd.read_parquet(written([]))
    assert (len(frame), list(frame.columns)) == (0, list(EXPORT_COLUMNS))
    assert str(frame.published_at.dtype) == "datetime64[ms, Asia/Ho_Chi_Minh]"


def test_groups_of_rows_are_written_as_they_come() -> None:
    file = io.BytesIO()
    sizes = []

    def rows() -> Iterable[dict[str, Any]]:
        for number in range(12_000):
            sizes.append(file.tell())
            yield row(id=number)

    parquet.write(rows(), file)
    assert sizes[4_999] < sizes[5_000] < sizes[10_000] < file.tell()
    assert pq.read_table(file).column("id").to_pylist() == list(range(12_000))


def test_long_texts_make_smaller_groups() -> None:
    metadata = pq.read_metadata(written(row(body="x" * 9_000_000) for _ in range(4)))
    assert [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)] == [2, 2]


def test_what_is_no_time_is_named() -> None:
    with pytest.raises(parquet.NotATime, match="record 7 has 'hôm qua' as published_at"):
        written([row(id=7, published_at="hôm qua")])
