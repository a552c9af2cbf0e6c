"""What a bare word may stand for."""

import pytest

from wardcrawler.text.normalise import fold, normalise, spellings


@pytest.mark.parametrize(
    ("bare", "written"),
    [
        ("dan", "dân"), ("dan", "đàn"), ("dak", "đắk"), ("nguyen", "nguyễn"), ("duong", "đường"),
        ("thuy", "thủy"), ("thuy", "thuỷ"), ("hoa", "hoà"), ("khuyu", "khuỷu"), ("nghieng", "nghiêng"),
        ("ubnd", "ubnd"), ("y", "ỷ"), ("23", "23"),
    ],
)  # fmt: skip
def test_every_way_to_write_it_is_there(bare: str, written: str) -> None:
    assert normalise(written) in spellings(bare)


@pytest.mark.parametrize("bare", ["dan", "nguyen", "duong", "quy"])
def test_all_of_them_fold_to_the_word_and_none_comes_twice(bare: str) -> None:
    made = spellings(bare)
    assert {fold(each) for each in made} == {bare}
    assert len(set(made)) == len(made)
    assert all(normalise(each) == each for each in made)


def test_a_word_too_long_for_a_syllable_is_itself_only() -> None:
    assert spellings("internationalisation") == ("internationalisation",)
