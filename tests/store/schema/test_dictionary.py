"""``docs/schema.md`` is what the schema and the descriptions say today."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from wardcrawler.store.schema.dictionary import FILES, Language, data_dictionary

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("language", FILES)
def test_the_page_is_up_to_date(db: Database, language: Language) -> None:
    page = (DOCS / FILES[language]).read_text(encoding="utf-8")
    assert page == data_dictionary(db, language), "run: python -m wardcrawler.store.schema.dictionary"


def test_a_row_tells_key_type_meaning_values_null_and_reference(db: Database) -> None:
    page = data_dictionary(db, "en")
    assert "| **site** | TEXT | The portal. → [`sites`](#sites) (name) |" in page
    assert "| date_precision | TEXT | How exact published_at is. `minute`: to the minute. " in page
    assert "NULL: there is no date. |" in page
    assert "`articles_fts_data`" in page
