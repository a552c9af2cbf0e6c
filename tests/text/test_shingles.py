"""Texts are compared by the words they share, whatever counts for nothing aside, and by their figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.text.similarity import Wording, wording

BODY = "Sáng ngày 23/6, Phường 9 trao 45 phần quà trị giá 1.250.000 đồng cho hộ nghèo."


def of(body: str, title: str = "") -> Wording:
    return wording(title, None, body)


@pytest.mark.parametrize(
    "again",
    [
        BODY.upper(),
        BODY.replace(" ", "\n  "),
        BODY.replace("hộ nghèo.", "“hộ nghèo”!"),
        BODY.replace("à", "a\u0300"),
    ],
)
def test_what_counts_for_nothing_does_not_make_texts_different(again: str) -> None:
    assert of(again).similarity(of(BODY)) == 1


def test_both_tone_placements_are_one_word() -> None:
    assert of("Đảng uỷ phường hoà giải").shingles == of("Đảng ủy phường hòa giải").shingles


def test_a_word_changed_in_a_text_of_n_costs_three_of_its_shingles() -> None:
    words = [f"từ{number}" for number in range(100)]
    changed = [*words[:50], "khác", *words[51:]]
    assert of(" ".join(words)).similarity(of(" ".join(changed))) == 95 / 101


def test_a_lead_that_the_body_repeats_changes_next_to_nothing() -> None:
    with_lead = wording("", BODY, f"{BODY}\nBà con phấn khởi.")
    assert with_lead.similarity(of(f"{BODY}\nBà con phấn khởi.")) > 0.85


@pytest.mark.parametrize("body", ["", "Thông báo", "Hai từ."])
def test_texts_without_three_words_are_like_nothing_not_even_themselves(body: str) -> None:
    assert of(body).similarity(of(body)) == 0


def test_figures_are_whole_numbers_sums_and_dates() -> None:
    assert set(of(BODY).figures) == {"23/6", "9", "45", "1.250.000"}


def test_figures_that_one_text_has_more_do_not_count_against_it() -> None:
    assert of(BODY).shared_figures(of(f"Lượt xem: 312\n{BODY}")) == 1


def test_a_figure_counts_as_often_as_it_stands_there() -> None:
    assert of("5 và 5").shared_figures(of("5 và 7")) == 0.5


def test_of_a_text_without_figures_nothing_is_said() -> None:
    assert of("không có số").shared_figures(of(BODY)) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_from_both_sides_and_never_leaves_its_bounds(one: str, other: str) -> None:
    likeness = of(one).similarity(of(other))
    assert 0 <= likeness <= 1
    assert likeness == of(other).similarity(of(one))
    assert of(one).shared_figures(of(other)) == of(other).shared_figures(of(one))
