"""However a full official address is written, it finds its unit; whatever is found was written."""

import re
import unicodedata
from collections import defaultdict
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from wardcrawler.text.normalise import fold
from wardcrawler.units import address, ancestors, find
from wardcrawler.units.names import all_names
from wardcrawler.units.register import all_units
from wardcrawler.units.spelling import words

composed = partial(unicodedata.normalize, "NFC")
UNITS = list(all_units().values())
SHORT = {
    "Phường": "P.",
    "Thị trấn": "TT.",
    "Quận": "Q.",
    "Huyện": "H.",
    "Thị xã": "TX.",
    "Thành phố": "TP.",
}
NEW_PLACEMENT = {
    composed(glide + tone + vowel): composed(glide + vowel + tone)
    for glide, vowel in ("oa", "oe", "uy")
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}

units = st.sampled_from(UNITS)
joined = st.sampled_from([", ", ",", " - ", "; ", "\n", " – ", " ", " | "]).map(lambda between: between.join)
cased = st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase])
encoded = st.sampled_from([composed, partial(unicodedata.normalize, "NFD")])


def with_new_placement(text):
    """Spell every open "òa" as "oà"."""
    for old, new in NEW_PLACEMENT.items():
        text = re.sub(rf"{old}\b", new, text)
    return text


def abbreviated(name):
    return next((short + name[len(kind) :] for kind, short in SHORT.items() if name.startswith(kind)), name)


spelled = st.sampled_from([str, with_new_placement, abbreviated])


ways = st.tuples(cased, encoded, joined)


@given(units, st.lists(spelled, min_size=3, max_size=3), ways, st.booleans())
def test_case_tone_placement_separators_and_order_do_not_matter(unit, spelt, way, upwards):
    cased, encoded, joined = way
    names = [spell(level.name) for spell, level in zip(spelt, (unit, *ancestors(unit)), strict=False)]
    text = encoded(cased(joined(names if upwards else names[::-1])))
    units = find(text).units
    assert unit in units or (unit.level == "province" and units[0].name == unit.name)
    assert all(fold(address(other)) == fold(address(unit)) for other in units)


@given(units, cased)
def test_the_official_address_finds_that_unit_alone(unit, case):
    found = find(case(address(unit))).unit
    assert found == unit or (unit.level == "province" and found is not None and found.name == unit.name)


@given(units, st.lists(st.booleans(), min_size=3, max_size=3))
def test_each_name_may_be_written_without_its_diacritics(unit, plain):
    names = (level.name for level in (unit, *ancestors(unit)))
    text = ", ".join(fold(name) if bare else name for bare, name in zip(plain, names, strict=False))
    units = find(text).units
    assert unit in units or (unit.level == "province" and units[0].name == unit.name)
    assert all(fold(address(other)) == fold(address(unit)) for other in units)


NAMES = defaultdict(set)
for name in all_names():
    NAMES[name.unit].add(name.folded)

pieces = st.sampled_from(
    [
        "Phường",
        "P.",
        "xã",
        "TT",
        "Quận",
        "huyện",
        "thị xã",
        "TP",
        "Tỉnh",
        "UBND",
        ",",
        "-",
        "9",
        "99",
        "1",
        "HCM",
    ]
) | st.sampled_from([word.printed for unit in UNITS[::7] for word in words(unit.name)])
babble = st.lists(pieces, max_size=12).map(" ".join) | st.text(max_size=40)


@settings(max_examples=50)
@given(babble | st.tuples(units, babble).map(lambda both: f"{address(both[0])} {both[1]}"))
def test_what_is_found_was_written_word_by_word(text):
    match = find(text)
    written = [word.folded for word in words(text)]
    for unit in match.units:
        spelt = [name.split() for name in NAMES[unit]]
        assert any(written[at : at + len(name)] == name for name in spelt for at in range(len(written)))
    assert bool(match.units) != bool(match.reason)


@settings(max_examples=50)  # a refusal looks through all names
@given(st.text(max_size=400) | babble)
def test_no_text_is_too_odd(text):
    match = find(text)
    assert match.text == text
    assert match.reason.isprintable()
    assert len(match.nearest) <= 5
