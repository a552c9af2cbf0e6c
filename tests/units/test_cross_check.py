"""The tables agree with a second, independent source, where that happens to be installed.

``vietnam-provinces`` (GPL-3.0-or-later, Python 3.12 or newer) is read here and shipped nowhere. It lists
the units of January 2025 instead of June, so some old codes are known to one side only.
"""

from datetime import date

import pytest

from wardcrawler.text.normalise import canonical
from wardcrawler.units import by_code, predecessors

vietnam_provinces = pytest.importorskip("vietnam_provinces")
legacy = pytest.importorskip("vietnam_provinces.legacy")

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def units_of(theirs, digits, day):
    """Pairs of (their unit, ours of the same code), None where we have none."""
    return [(their, by_code(f"{int(their.code):0{digits}}", day)) for their in theirs.iter_all()]


def alike(their, our):
    return canonical(their.name.replace("-", " ")) == canonical(our.name.replace("-", " "))


@pytest.mark.parametrize(
    ("theirs", "digits", "day", "missing", "differing"),
    [
        (legacy.Province, 2, BEFORE, 0, 0),
        (legacy.District, 3, BEFORE, 0, 5),
        (legacy.Ward, 5, BEFORE, 26, 180),
        (vietnam_provinces.Province, 2, AFTER, 0, 3),
        (vietnam_provinces.Ward, 5, AFTER, 0, 0),
    ],
    ids=["provinces then", "districts then", "communes then", "provinces now", "communes now"],
)
def test_codes_and_names_agree(theirs, digits, day, missing, differing):
    pairs = units_of(theirs, digits, day)
    known = [(their, our) for their, our in pairs if our is not None]
    assert len(pairs) - len(known) <= missing
    assert sum(not alike(their, our) for their, our in known) <= differing


def test_communes_of_today_were_formed_of_the_same_units():
    agreeing, differing = 0, 0
    for their, our in units_of(vietnam_provinces.Ward, 5, AFTER):
        theirs = {f"{int(source.code):05}" for source in their.get_legacy_sources()}
        ours = {old.code for old in predecessors(our) if len(old.code) == 5}
        agreeing += len(theirs & ours)
        differing += len(theirs ^ ours)
    assert agreeing >= 10_550
    assert differing <= 20
