"""Texts of before Unicode are converted; texts in Unicode never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.text.legacy.charsets import from_tcvn3, from_vni
from wardcrawler.text.legacy.convert import Run, is_unicode_vietnamese, legacy_font, repair, to_unicode
from wardcrawler.text.legacy.syllables import is_syllable

MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"
MOTTO_TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc"
MOTTO_VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do - Haïnh phuùc"

SMALL = (
    "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ i ì ỉ ĩ í ị o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ "
    "ơ ờ ở ỡ ớ ợ u ù ủ ũ ú ụ ư ừ ử ữ ứ ự y ỳ ỷ ỹ ý ỵ đ"
).split()

WORDS = (
    "ủy ban nhân dân phường xã quận huyện tỉnh thông báo về việc niêm yết công khai danh sách hộ nghèo có "
    "là và các năm tháng ngày tại của cho được theo quyết định số kế hoạch hội đồng chủ tịch đất đai tư pháp "
    "khiếu nại tố cáo gì giữa quý khuỷu nghiệp trường học sinh đoàn thanh niên"
).split()


# --- the encodings ---------------------------------------------------------------------------------


def test_tcvn3_becomes_unicode() -> None:
    assert from_tcvn3(MOTTO_TCVN3) == MOTTO


def test_vni_becomes_unicode() -> None:
    assert from_vni(MOTTO_VNI) == MOTTO


def test_vni_has_capitals_with_tones() -> None:
    assert from_vni("COÄNG HOØA, ÑAÛNG UÛY, ÖÙNG HOØA, Aùnh") == "CỘNG HÒA, ĐẢNG ỦY, ỨNG HÒA, Ánh"


def test_tcvn3_capitals_with_tones_are_a_font_of_capitals() -> None:
    assert from_tcvn3("ñy ban nh©n d©n", capitals=True) == "ỦY BAN NHÂN DÂN"


def test_every_vietnamese_letter_can_be_written_in_both() -> None:
    latin = [chr(code) for code in range(0xA1, 0x100)]
    vowels = "aeiouyôö"
    assert set(SMALL) <= {from_tcvn3(letter) for letter in [*latin, *"aeiouy"]}
    assert set(SMALL) <= {
        from_vni(first + second) for first in ["", *vowels] for second in ["", *latin, *vowels]
    }


@pytest.mark.parametrize("hyphen", ["\u00ad", "-", "\u2010"])
def test_the_soft_hyphen_of_tcvn3_is_a_letter_whatever_became_of_it(hyphen: str) -> None:
    assert (
        from_tcvn3(f"ph{hyphen}êng, n{hyphen}íc, th{hyphen} ký, {hyphen}u tiªn")
        == "phường, nước, thư ký, ưu tiên"
    )


def test_a_hyphen_that_makes_no_syllable_stays_one() -> None:
    assert from_tcvn3("5-10, UBND-VX, e-mail, a - b, - c") == "5-10, UBND-VX, e-mail, a - b, - c"


# --- by the font -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "font"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        ("ABCDEF+.VnArial NarrowH,Bold", ("tcvn3", True)),
        (".VnTime-Bold", ("tcvn3", False)),
        ("VNI-Times", ("vni", False)),
        ("XYZABC+VNI-Helve-Condense", ("vni", False)),
        ("Times New Roman", None),
        ("VNtimes new roman", None),
        ("", None),
        (None, None),
    ],
)
def test_fonts_tell_the_encoding(name: str | None, font: object) -> None:
    assert legacy_font(name) == font


def test_words_may_be_split_over_runs() -> None:
    runs = [
        Run("Co", "VNI-Times"),
        Run("ä", "VNI-Times"),
        Run("ng hoøa", "VNI-Times"),
        Run(" Việt Nam", "Arial"),
    ]
    assert to_unicode(runs) == ("Cộng hòa Việt Nam", {"vni"})


def test_unicode_in_an_old_font_is_left_alone() -> None:
    runs = [Run("và các phường", ".VnTime"), Run(" tính là", ".VnTime")]
    assert to_unicode(runs) == ("và các phường tính là", set())


def test_letters_of_symbol_fonts_are_letters() -> None:
    assert to_unicode([Run("C\uf0e9ng h\uf0dfa", ".VnTime")])[0] == "Cộng hòa"


# --- by the words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("garbled", "charset"), [(MOTTO_TCVN3, "tcvn3"), (MOTTO_VNI, "vni")])
def test_garble_is_recognised_without_a_font(garbled: str, charset: str) -> None:
    assert repair(garbled) == (MOTTO, charset)


def test_lines_in_unicode_stay_beside_garbled_ones() -> None:
    text = f"Ủy ban nhân dân phường\n{MOTTO_TCVN3}\nNơi nhận: có"
    assert repair(text)[0] == f"Ủy ban nhân dân phường\n{MOTTO}\nNơi nhận: có"


@pytest.mark.parametrize(
    "text",
    [
        "café déjà vu, élève, à la carte, garçon, Président",
        "Größe, Straße, für, schöne Mädchen, Übung",
        "có là và cá cà bò ít ông bà ý tôi",
        "Céng hßa",  # two words: no evidence
        "",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert repair(text) == (text, None)


# --- properties ------------------------------------------------------------------------------------

texts = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
any_case = st.sampled_from([str, str.upper, str.title])
fonts = st.sampled_from([None, "Arial", ".VnTime", ".VnTimeH", "VNI-Times"])


@given(text=texts, case=any_case)
def test_unicode_vietnamese_is_never_converted(text: str, case: object) -> None:
    text = case(text)  # type: ignore[operator]
    assert repair(text) == (text, None)


@given(runs=st.lists(st.tuples(texts, fonts), max_size=6))
def test_unicode_vietnamese_is_never_converted_whatever_its_fonts(runs: list[tuple[str, str | None]]) -> None:
    runs = [(f"phường {text}\n", font) for text, font in runs]
    text = "".join(text for text, _ in runs)
    assert to_unicode([Run(*run) for run in runs]) == (text, set())


@given(st.text())
def test_any_text_survives(text: str) -> None:
    repaired, charset = repair(text)
    assert charset is not None or repaired == text


@given(st.permutations([word for word in WORDS if is_unicode_vietnamese(word)]))
def test_what_was_converted_is_not_converted_again(words: list[str]) -> None:
    garbled = " ".join(words).translate(_to_tcvn3())
    repaired, charset = repair(garbled)
    assert (repaired, charset) == (" ".join(words), "tcvn3")
    assert repair(repaired) == (repaired, None)


def _to_tcvn3() -> dict[int, str]:
    return {
        ord(from_tcvn3(chr(code))): chr(code) for code in range(0xA1, 0xFF) if code not in (0xB7, 0xAD)
    } | {
        ord("ư"): "\u00ad",
        ord("ã"): "·",
    }


# --- syllables -------------------------------------------------------------------------------------


def test_words_of_notices_are_syllables() -> None:
    assert [word for word in WORDS if not is_syllable(word)] == []


@pytest.mark.parametrize("word", ["hßa", "coäng", "hoøa", "xyz", "schön", "thẻch", "phặ̀ng", "ñy", "", "ưng1"])
def test_garble_is_none(word: str) -> None:
    assert not is_syllable(word)
