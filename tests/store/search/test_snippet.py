"""The line of text around a match."""

from collections.abc import Callable

import pytest

from wardcrawler.store.search.snippet import Phrase, mark
from wardcrawler.store.search.snippet import snippet as make
from wardcrawler.text.normalise import fold


def snippet(text: str, phrases: list[list[str]], key: Callable[[str], str]) -> str:
    return make(text, [Phrase(tuple(words)) for words in phrases], key).text


LONG = "\n".join(f"Đoạn {number} nói về chuyện thường ngày ở khu phố." for number in range(40))


def test_a_short_text_is_given_whole_on_one_line() -> None:
    assert snippet("Dòng một.\nDòng  hai.", [["hai"]], str.lower) == "Dòng một. Dòng hai."


def test_a_long_text_is_cut_at_words_around_the_match() -> None:
    text = f"{LONG}\nTổ dân vận khéo ra mắt.\n{LONG}"
    line = snippet(text, [["dân", "vận"]], str.lower)
    assert "Tổ dân vận khéo ra mắt." in line
    assert line.startswith("…")
    assert line.endswith("…")
    assert len(line) < 210
    assert set(line.strip("…").split()) <= set(text.split())


def test_a_match_at_the_beginning_cuts_nothing_before_it() -> None:
    line = snippet(f"Dân vận khéo.\n{LONG}", [["dân", "vận"]], str.lower)
    assert line.startswith("Dân vận khéo.")
    assert line.endswith("…")


def test_a_match_at_the_end_cuts_nothing_after_it() -> None:
    line = snippet(f"{LONG}\nTổ dân vận khéo.", [["dân", "vận"]], str.lower)
    assert line.startswith("…")
    assert line.endswith("Tổ dân vận khéo.")


def test_a_text_without_match_is_shown_from_the_beginning() -> None:
    assert snippet(LONG, [["xe"]], str.lower).startswith("Đoạn 0 nói về")


def test_the_first_of_several_phrases_counts() -> None:
    text = f"{LONG}\nNạo vét kênh.\n{LONG}\nDân vận."
    assert "Nạo vét kênh." in snippet(text, [["dân", "vận"], ["kênh"]], str.lower)


def test_words_of_a_phrase_must_follow_each_other() -> None:
    text = f"Dân quân vận chuyển hàng.\n{LONG}\nTổ dân vận khéo."
    assert "Tổ dân vận khéo." in snippet(text, [["dân", "vận"]], str.lower)


@pytest.mark.parametrize(
    "written", ["DÂN VẬN", "dân\u200b vận", "da\u0302n va\u0323\u0302n", "dâ\u00adn vận"]
)
def test_the_snippet_is_spelled_as_the_article_is(written: str) -> None:
    line = snippet(f"{LONG}\nTổ {written} khéo.", [["dan", "van"]], fold)
    assert f"Tổ {written} khéo." in line


def test_a_text_of_one_endless_word_is_cut() -> None:
    assert len(snippet("a" * 5000, [["b"]], str.lower)) <= 201


def test_an_empty_text_gives_an_empty_line() -> None:
    assert snippet("", [["dân"]], str.lower) == ""


def test_the_place_where_most_phrases_stand_together_is_shown() -> None:
    text = f"Dân ở đây.\n{LONG}\nVận động dân quê.\n{LONG}"
    assert "Vận động dân quê." in snippet(text, [["dân"], ["vận"]], str.lower)


def test_marks_are_the_places_of_all_phrases() -> None:
    line = make(
        f"{LONG}\nTổ dân  vận\nkhéo, dân quê.", [Phrase(("dân",)), Phrase(("vận", "khéo"))], str.lower
    )
    assert [line.text[begin:end] for begin, end in line.marks] == ["dân", "vận khéo", "dân"]


def test_marks_that_overlap_are_one() -> None:
    text, marks = mark("Tổ dân vận khéo", [Phrase(("dân", "vận")), Phrase(("vận", "kh"), True)], str.lower)
    assert [text[begin:end] for begin, end in marks] == ["dân vận khéo"]


def test_a_beginning_marks_the_whole_word() -> None:
    text, marks = mark("Vận động, vận dụng", [Phrase(("vận", "d"), is_prefix=True)], str.lower)
    assert [text[begin:end] for begin, end in marks] == ["vận dụng"]
