"""Differences of texts, word for word, in passages that people read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.text.difference import Piece, difference, passages

BEFORE = "Sáng ngày 3/5, UBND phường trao quà cho 45 hộ nghèo."
AFTER = "Sáng ngày 4/5, UBND phường trao quà cho 46 hộ nghèo."


def changes(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in difference(before, after) if piece.kind != "same"]


def test_words_are_whole() -> None:
    assert changes(BEFORE, AFTER) == [
        ("removed", "3/5,"), ("added", "4/5,"), ("removed", "45"), ("added", "46")
    ]  # fmt: skip


def test_what_never_counts_is_no_difference() -> None:
    assert changes("Đảng uỷ  PHƯỜNG", "Đảng ủy phường") == []
    assert difference("Đảng uỷ", "Đảng ủy") == [Piece("same", "Đảng ủy")]


def test_a_line_that_was_added_is_one_piece() -> None:
    assert changes("Một.\nHai.", "Một.\nThêm một dòng.\nHai.") == [("added", "Thêm một dòng.\n")]


def test_one_or_two_equal_words_between_changes_change_with_them() -> None:
    assert changes("đường Hoa Sứ và đường Ao Sen", "phố Gò Me và phố Bến Đò") == [
        ("removed", "đường Hoa Sứ và đường Ao Sen"), ("added", "phố Gò Me và phố Bến Đò")
    ]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [("", ""), ("như nhau", "như nhau")])
def test_equal_texts_have_no_passages(before: str, after: str) -> None:
    assert passages(difference(before, after)) == []


def test_passages_show_only_what_changed_with_the_words_around_it() -> None:
    filler = " ".join(f"từ{number}" for number in range(50))
    (first, second) = passages(difference(f"a {filler} b", f"x {filler} y"), context=2)
    assert first == [Piece("removed", "a"), Piece("added", "x"), Piece("same", "từ0 từ1 …")]
    assert second == [Piece("same", "… từ48 từ49"), Piece("removed", "b"), Piece("added", "y")]


def test_a_long_stretch_is_cut_in_its_middle() -> None:
    long = " ".join(f"từ{number}" for number in range(100))
    ((piece,),) = passages(difference("", long), most=4)
    assert piece == Piece("added", "từ0 từ1 … từ98 từ99")


def test_a_line_break_alone_is_no_passage() -> None:
    assert passages(difference("một hai ba bốn năm", "một hai ba\nbốn năm")) == []


def test_very_long_texts_are_compared_line_by_line() -> None:
    lines = [f"dòng số {number} của văn bản" for number in range(6_000)]
    changed = [*lines[:3_000], "một dòng khác hẳn", *lines[3_001:]]
    assert changes("\n".join(lines), "\n".join(changed)) == [
        ("removed", "dòng số 3000 của văn bản"), ("added", "một dòng khác hẳn")
    ]  # fmt: skip


def test_a_text_of_endless_lines_is_changed_as_a_whole() -> None:
    lines = "\n".join(f"dòng {number}" for number in range(30_000))
    assert changes(lines, f"{lines}\nthêm") == [("removed", lines), ("added", f"{lines}\nthêm")]
    assert changes(lines, lines.upper()) == []


TEXTS = st.text(alphabet="ab \n", max_size=40)


@given(TEXTS, TEXTS)
def test_each_text_can_be_made_of_its_pieces(before: str, after: str) -> None:
    pieces = difference(before, after)
    for text, other in ((before, "added"), (after, "removed")):
        assert " ".join(piece.text for piece in pieces if piece.kind != other).split() == text.split()
