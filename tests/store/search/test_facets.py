"""Which records: facets as SQL, and what is said of those that no record can have."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlite_utils import Database

from tests.support.records import DISTRICT, WARD, MakeArticle
from wardcrawler.store.export import export_rows
from wardcrawler.store.search.facets import EVERYTHING, FacetProblem, Facets, condition
from wardcrawler.store.writer import Writer

UNDATED = {
    "published_at": None,
    "date_precision": None,
    "date_source": "none",
    "date_text": None,
    "date_reason": "no date on the page",
}


@pytest.fixture
def stored(db: Database, writer: Writer, district_writer: Writer, article: MakeArticle) -> Database:
    """1: the district's of 23 June; 2: the ward's of 24 June, 23:59; 3: the ward's, undated."""
    district_writer.put(
        article("tin-1", site=DISTRICT, category="Thông báo", published_at="2023-06-23T10:00:00+07:00")
    )
    district_writer.flush()
    writer.put(article("bai-2", body="Đêm.", published_at="2023-06-24T23:59:00+07:00"))
    writer.put(article("bai-3", body="Không ngày.", category=None, **UNDATED))
    writer.flush()
    return db


def found(db: Database, **facets: Any) -> list[int]:
    return [row["id"] for row in export_rows(db, condition(db, Facets(**facets)))]


@pytest.mark.parametrize(
    ("facets", "ids"),
    [
        ({}, [1, 2, 3]),
        ({"sites": (WARD,)}, [2, 3]),
        ({"sites": (WARD, DISTRICT)}, [1, 2, 3]),
        ({"levels": ("district",)}, [1]),
        ({"provinces": ("hcm",)}, [1, 2, 3]),
        ({"levels": ("ward",), "sites": (DISTRICT,)}, []),
        ({"units": ("26983",)}, [2, 3]),
        ({"units": ("Phường 11, Quận Tân Bình",)}, [2, 3]),
        ({"units": ("phuong 11 , TAN BINH",)}, [2, 3]),
        ({"units": ("Bảy Hiền",)}, [2, 3]),
        ({"units": ("bay hien",)}, [2, 3]),
        ({"categories": ("Thông báo",)}, [1]),
        ({"categories": ("tin tuc",)}, [2]),
        ({"categories": ("tin tuc", "thong bao")}, [1, 2]),
        ({"since": date(2023, 6, 23)}, [1, 2]),
        ({"since": date(2023, 6, 24)}, [2]),
        ({"since": date(2023, 6, 25)}, []),
        ({"until": date(2023, 6, 24)}, [1, 2]),
        ({"until": date(2023, 6, 23)}, [1]),
        ({"until": date(2023, 6, 22)}, []),
        ({"until": date.max}, [1, 2]),
        ({"since": date.min}, [1, 2]),
        ({"since": date(2023, 6, 24), "until": date(2023, 6, 24)}, [2]),
    ],
)
def test_facets_choose_records(stored: Database, facets: dict[str, Any], ids: list[int]) -> None:
    assert found(stored, **facets) == ids


@pytest.mark.parametrize(
    ("facets", "said"),
    [
        ({"sites": ("hcm-phuong-99",)}, "no portal 'hcm-phuong-99' in the database; there is hcm-phuong-9"),
        ({"levels": ("phường",)}, "no level 'phường' in the database; there is district, ward"),
        ({"provinces": ("hanoi",)}, "no province 'hanoi' in the database; there is hcm"),
        ({"categories": ("Tin tưc 24h",)}, "no category 'Tin tưc 24h' in the database; there is Tin tức"),
        ({"units": ("Phường 1, Quận Tân Bình",)}, "no portal in the database is of a unit 'Phường 1, Quận"),
        ({"units": (",",)}, "no portal in the database is of a unit ','"),
        ({"since": date(2023, 6, 24), "until": date(2023, 6, 23)}, "swap the two days"),
    ],
)
def test_what_no_record_can_have_is_refused_with_what_there_is(
    stored: Database, facets: dict[str, Any], said: str
) -> None:
    with pytest.raises(FacetProblem) as refused:
        condition(stored, Facets(**facets))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_no_facets_are_no_condition(db: Database) -> None:
    assert condition(db, Facets()) == EVERYTHING


def test_an_empty_database_says_that_it_holds_none(made_empty: Database) -> None:
    with pytest.raises(FacetProblem, match="no portal 'x' in the database; it holds none"):
        condition(made_empty, Facets(sites=("x",)))


@pytest.fixture
def made_empty(db: Database, open_again: Callable[..., Database]) -> Database:
    db.execute("DELETE FROM sites")
    return open_again(read_only=True)
