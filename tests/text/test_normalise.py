"""Two texts normalise alike only if a reader takes them for the same words."""

import itertools
import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.text.normalise import canonical, fold, normalise

ONSETS = ("", *re.findall(r"\S+", "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"))
OPEN_RHYMES = ("oa", "oe", "uy")
OTHER_RHYMES = re.findall(
    r"\S+",
    "a e ê i o ô ơ u ư y ia ua ưa uê uơ ai ao au ay âu ây eo êu iu oi ôi ơi ui ưi ưu iêu yêu oai oao oay "
    "oeo uây uôi uya uyu ươi ươu am ăm âm em êm im om ôm ơm um iêm yêm uôm ươm oam oăm an ăn ân en ên in "
    "on ôn ơn un iên yên uôn ươn oan oăn oen uân uyên uyn ang ăng âng eng ong ông ung ưng iêng uông ương "
    "oang oăng anh ênh inh oanh uênh uynh ac ăc âc ec oc ôc uc ưc iêc uôc ươc oac oăc ach êch ich oach "
    "uêch uych at ăt ât et êt it ot ôt ơt ut ưt iêt yêt uôt ươt oat oăt oet uât uyêt uyt ap ăp âp ep êp ip "
    "op ôp ơp up iêp ươp uyp",
)
TONES = {"huyền": "\u0300", "sắc": "\u0301", "ngã": "\u0303", "hỏi": "\u0309", "nặng": "\u0323"}

vietnamese_words = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĐUOáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵÝỶ"
    " \u00a0\u200b\u00ad\u00d0\u00f0.,\n",
    max_size=60,
)
any_text = vietnamese_words | st.text(max_size=60)


def with_tone(letters: str, position: int, tone: str) -> str:
    """``letters`` with a tone mark on the letter at ``position``, composed."""
    return unicodedata.normalize("NFC", letters[: position + 1] + tone + letters[position + 1 :])


def tones_of(rhyme: str) -> list[str]:
    """Syllables that end in a stop have only two tones."""
    return [TONES["sắc"], TONES["nặng"]] if rhyme.endswith(("c", "ch", "t", "p")) else list(TONES.values())


def in_cases(word: str, cases: tuple[Callable[[str], str], ...]) -> str:
    """``word`` with its letters made small or capital one by one."""
    return "".join(case(letter) for case, letter in zip(cases, word, strict=True))


def strip_tone(word: str) -> tuple[str, str]:
    """What makes a word: its letters without the tone, and the tone."""
    decomposed = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in decomposed if c in TONES.values())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES.values())), tone


class TestTonePlacement:
    @pytest.mark.parametrize("rhyme", OPEN_RHYMES)
    @pytest.mark.parametrize("onset", [o for o in ONSETS if o not in ("qu", "gi")])
    def test_both_placements_of_an_open_syllable_become_the_old_one(self, onset, rhyme):
        for tone in TONES.values():
            old = with_tone(onset + rhyme, len(onset), tone)
            new = with_tone(onset + rhyme, len(onset) + 1, tone)
            assert old != new
            for cases in itertools.product((str.lower, str.upper), repeat=len(old)):
                assert normalise(in_cases(new, cases)) == in_cases(old, cases)
                assert normalise(in_cases(old, cases)) == in_cases(old, cases)

    def test_capitals_stay_where_they_are(self):
        assert normalise("UỶ Uỷ uỶ uỷ") == "ỦY Ủy ủY ủy"
        assert normalise("HOÀ Hoà KHOẺ Khoẻ THUỶ Thuỷ") == "HÒA Hòa KHỎE Khỏe THỦY Thủy"

    @pytest.mark.parametrize("rhyme", OTHER_RHYMES)
    def test_no_other_rhyme_is_touched_wherever_its_tone_stands(self, rhyme):
        for onset in ONSETS:
            for position, tone in itertools.product(range(len(rhyme)), tones_of(rhyme)):
                word = with_tone(onset + rhyme, len(onset) + position, tone)
                assert normalise(word) == word
                assert normalise(word.upper()) == word.upper()

    def test_words_of_the_whole_syllable_table_stay_apart(self):
        spellings = {
            with_tone(onset + rhyme, position, tone)
            for onset in ONSETS
            for rhyme in (*OPEN_RHYMES, *OTHER_RHYMES)
            for position in range(len(onset), len(onset + rhyme))
            for tone in tones_of(rhyme)
        }
        words_by_result: dict[str, set[tuple[str, str]]] = {}
        for spelling in spellings:
            words_by_result.setdefault(normalise(spelling), set()).add(strip_tone(spelling))
        assert len(spellings) > 20_000
        assert [words for words in words_by_result.values() if len(words) > 1] == []

    @pytest.mark.parametrize(
        "words",
        [
            "quý quỳ quỷ quỹ quỵ Quý QUÝ",
            "qúy qùy",  # a typing error for quý, not one of the two placements
            "qui quí quả quà quẻ quế quở",
            "thuở thuê thuế giữa giúp gìn giả giá",
            "hoàn hoàng toán toàn hoài xoáy ngoéo ngoẹo khoét",
            "khuỷu huỳnh huýt luýnh quýnh nguyễn tuyết chuyện khuya",
            "múa của lụa mùa túi mũi ủi",
            "hòa ủy khỏe thủy lũy hóa xòe",
        ],
    )
    def test_right_spellings_are_left_alone(self, words):
        assert normalise(words) == words

    @pytest.mark.parametrize(
        ("printed", "expected"),
        [
            ("Đảng uỷ, UBND phường", "Đảng ủy, UBND phường"),
            ("(hoà)", "(hòa)"),
            ("uỷ-ban", "ủy-ban"),
            ("oà khóc", "òa khóc"),
            ("luỹ thừa, goá phụ, loé sáng", "lũy thừa, góa phụ, lóe sáng"),
            ("tiengoà", "tiengòa"),
            ("ioà ưuỷ", "ioà ưuỷ"),  # a vowel before: no Vietnamese syllable
        ],
    )
    def test_in_running_text(self, printed, expected):
        assert normalise(printed) == expected

    def test_a_second_mark_on_the_vowel_keeps_it_in_place(self):
        doubled = "hoà\u0301"
        assert normalise(doubled) == doubled


class TestCharacters:
    def test_icelandic_eth_becomes_d_with_stroke(self):
        assert normalise("chủ trương của \u00d0ảng, \u00f0oàn thể") == "chủ trương của Đảng, đoàn thể"

    def test_invisible_characters_vanish(self):
        assert normalise("dân\u200b vận\u200c\u200d tổ\u2060 dân\ufeff phố công\u00adtác") == (
            "dân vận tổ dân phố côngtác"
        )

    def test_an_invisible_character_inside_a_decomposed_letter_does_not_split_it(self):
        assert normalise("a\u200b\u0301") == "á"

    @pytest.mark.parametrize("mark", ["\u0316", "\u0316\u0317", "\u05b8\u05b0"])
    def test_thirty_combining_marks_in_a_row_are_the_most(self, mark):
        heaped = "x" + mark * 30_000
        assert len(normalise(heaped)) == 31
        assert normalise(normalise(heaped)) == normalise(heaped)

    def test_long_runs_without_marks_are_kept(self):
        assert normalise("…" * 100) == "…" * 100
        assert normalise("漢" * 100) == "漢" * 100

    def test_typographic_quotes_and_dashes_stay(self):
        assert normalise("“Dân vận khéo” – năm 2023…") == "“Dân vận khéo” – năm 2023…"


class TestWhiteSpace:
    def test_runs_inside_a_line_become_one_space_and_lines_are_stripped(self):
        assert normalise("  LIÊN CHIỂU:\u00a0 HỘI\tNGHỊ  ( MỞ RỘNG ) ") == "LIÊN CHIỂU: HỘI NGHỊ ( MỞ RỘNG )"

    @pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
    def test_line_breaks_stay_line_breaks(self, line_break):
        assert normalise(f"một {line_break} hai{line_break}") == "một\nhai\n"

    def test_empty_lines_are_kept(self):
        assert normalise("một\n \nhai") == "một\n\nhai"

    def test_nothing_comes_of_nothing(self):
        assert normalise("") == canonical("") == fold("") == ""
        assert canonical(" \u200b\n") == ""


class TestCanonical:
    def test_case_white_space_and_invisible_characters_do_not_count(self):
        assert canonical("Hội\u00a0nghị\n\nGIAO  BAN\u200b") == canonical("hội nghị giao ban")

    def test_case_is_folded_not_lowered(self):
        assert canonical("STRASSE") == canonical("Straße")

    def test_diacritics_count(self):
        assert canonical("dân vận") != canonical("dan van")
        assert canonical("ma") != canonical("má")

    @given(vietnamese_words)
    def test_case_never_counts(self, text):
        assert canonical(text.upper()) == canonical(text.lower()) == canonical(text)

    @given(st.lists(st.text(alphabet="aáàeêouyưhkqntgĐ", min_size=1, max_size=6), max_size=8))
    def test_any_white_space_between_words_is_the_same(self, words):
        assert canonical(" ".join(words)) == canonical(" \u200b\n\u00a0".join(words))


class TestFold:
    def test_diacritics_and_stroke_go(self):
        assert fold("Đảng uỷ Phường 9: “Dân vận” \u00d0oàn") == "dang uy phuong 9: “dan van” doan"

    def test_every_vietnamese_letter_becomes_ascii(self):
        letters = [
            v + m
            for v in ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
            for m in TONES.values()
        ]
        assert (
            fold("".join(letters) + "đ")
            == "a" * 15 + "e" * 10 + "i" * 5 + "o" * 15 + "u" * 10 + "y" * 5 + "d"
        )

    def test_letters_of_other_languages_keep_their_base_letter(self):
        assert fold("Ñandú Çelik Ø") == "nandu celik ø"

    def test_line_breaks_stay(self):
        assert fold("Một\nHai") == "mot\nhai"

    @given(vietnamese_words)
    def test_vietnamese_text_becomes_ascii(self, text):
        assert fold(text).isascii()


@given(any_text)
def test_every_form_is_its_own_result(text):
    for form in (normalise, canonical, fold):
        once = form(text)
        assert form(once) == once


@given(any_text)
def test_composed_and_decomposed_input_agree(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    for form in (normalise, canonical, fold):
        assert form(composed) == form(decomposed) == form(text)


@given(any_text)
def test_the_result_is_composed_and_holds_nothing_invisible(text):
    result = normalise(text)
    assert unicodedata.is_normalized("NFC", result)
    assert not set(result) & set("\u200b\u200c\u200d\u2060\ufeff\u00ad\u00d0\u00f0\u00a0\r\u2028")
    assert all(line == line.strip() for line in result.split("\n"))
