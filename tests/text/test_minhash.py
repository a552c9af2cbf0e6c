"""Bands of MinHash signatures: the same in every process, shared by texts that are alike."""

import subprocess
import sys

from wardcrawler.text.similarity import BANDS, bands, method

WORDS = [f"từ {number} nữa" for number in range(200)]


def shared(one: list[str], other: list[str]) -> int:
    return len(set(bands(one)) & set(bands(other)))


def test_equal_sets_have_equal_bands_whatever_their_order() -> None:
    assert bands(WORDS) == bands(frozenset(WORDS)) == bands(WORDS[::-1])
    assert len(set(bands(WORDS))) == BANDS


def test_sets_that_are_alike_share_bands_and_others_do_not() -> None:
    assert shared(WORDS, WORDS[:190]) >= 10
    assert shared(WORDS[:100], WORDS[100:]) == 0


def test_no_shingles_no_bands() -> None:
    assert bands([]) == []


def test_bands_fit_into_an_integer_of_four_bytes() -> None:
    assert all(-(2**31) <= band < 2**31 for number in range(50) for band in bands([f"một {number}"]))


def test_bands_and_method_are_the_same_in_another_process() -> None:
    code = "from wardcrawler.text.similarity import bands, method; print(bands(['a b c', 'b c d']), method())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert done.stdout == f"{bands(['b c d', 'a b c'])} {method()}\n"


def test_the_method_tells_what_the_library_makes_of_a_text() -> None:
    assert method().startswith(f"3 words, {BANDS} bands of 4, rensa ")
