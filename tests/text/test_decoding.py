"""Portals are often wrong about their charset; the bytes decide."""

import codecs
import unicodedata
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.text.decoding import decode_html

TONES = "\u0300\u0301\u0303\u0309\u0323"
PAGE = (
    "<html><head><title>Phường 9: Hội nghị giao ban</title></head><body>"
    "<p>Ủy ban nhân dân phường tổ chức “Ngày hội đại đoàn kết” – năm 2023…</p>"
    "<p>Đảng uỷ, các đoàn thể và bà con khu phố đã dự.</p></body></html>"
)


def with_meta(charset: str) -> str:
    return PAGE.replace(
        "<title>", f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>'
    )


def in_windows_1258(text: str) -> bytes:
    """windows-1258 has bytes for ă â ê ô ơ ư đ and for few toned letters: other tones follow as marks."""
    encoded = b""
    for letter in text:
        try:
            encoded += letter.encode("cp1258")
        except UnicodeEncodeError:
            *others, tone = sorted(unicodedata.normalize("NFD", letter), key=TONES.__contains__)
            encoded += unicodedata.normalize("NFC", "".join(others)).encode("cp1258") + tone.encode("cp1258")
    return encoded


def encode_twice(text: str) -> str:
    """What a program makes of UTF-8 that it takes for windows-1252, unused bytes passed through."""
    return "".join(
        bytes([byte]).decode("cp1252") if bytes([byte]).decode("cp1252", "ignore") else chr(byte)
        for byte in text.encode()
    )


class TestUtf8:
    @pytest.mark.parametrize(
        "declared",
        [
            None,
            "",
            "utf-8",
            "UTF8",
            "utf8mb4",
            "iso-8859-1",
            "windows-1258",
            "us-ascii",
            "utf-7",
            "rot13",
            "x" * 500,
            "\0",
        ],
    )
    def test_whatever_the_header_says(self, declared):
        assert decode_html(PAGE.encode(), declared) == PAGE

    @pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "utf-16", "utf8mb4"])
    def test_whatever_the_meta_says(self, charset):
        page = with_meta(charset)
        assert decode_html(page.encode(), None) == page

    def test_its_byte_order_mark_is_not_text(self):
        assert decode_html(codecs.BOM_UTF8 + PAGE.encode(), "windows-1258") == PAGE

    @pytest.mark.parametrize("missing", [1, 2])
    def test_cut_inside_its_last_character(self, missing):
        page = "<p>Cổng thông tin điện tử Ủ"
        assert decode_html(page.encode()[:-missing], "iso-8859-1") == page[:-1]

    def test_cut_inside_a_four_byte_character(self):
        assert decode_html("Chúc mừng 🎉".encode()[:-1], None) == "Chúc mừng "

    def test_one_broken_byte_in_the_middle_spoils_one_character_only(self):
        raw = PAGE.encode().replace("khu phố".encode(), b"khu\xff ph\xe1\xbb\x91")
        assert decode_html(raw, "iso-8859-1") == PAGE.replace("khu phố", "khu\ufffd phố")

    def test_nuls_are_dropped(self):
        assert decode_html("Phường\0 9\0".encode(), None) == "Phường 9"

    def test_an_empty_body_is_an_empty_text(self):
        assert decode_html(b"", None) == ""


class TestUtf16:
    @pytest.mark.parametrize(
        ("mark", "codec"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
    )
    def test_with_a_byte_order_mark(self, mark, codec):
        assert decode_html(mark + PAGE.encode(codec), "utf-8") == PAGE

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    def test_without_a_mark(self, codec):
        assert decode_html(PAGE.encode(codec), None) == PAGE

    def test_cut_inside_its_last_character(self):
        assert decode_html(codecs.BOM_UTF16_LE + PAGE.encode("utf-16-le")[:-1], None) == PAGE[:-1]


class TestOldCharsets:
    FRENCH = "<p>Délégation française à Hô Chi Minh-Ville – réunion du 3 août</p>"
    VIETNAMESE = "<p>Hội đồng nhân dân phường đã họp về dự án đường số 5</p>"

    @pytest.mark.parametrize("declared", ["windows-1258", "WINDOWS-1258", '"windows-1258"', "cp1258"])
    def test_declared_windows_1258_is_read_and_composed(self, declared):
        assert decode_html(in_windows_1258(self.VIETNAMESE), declared) == self.VIETNAMESE

    @pytest.mark.parametrize("declared", [None, "utf-8", "no-such-charset"])
    def test_undeclared_windows_1258_is_recognised(self, declared):
        assert decode_html(in_windows_1258(self.VIETNAMESE), declared) == self.VIETNAMESE

    def test_a_meta_that_yields_vietnamese_beats_a_server_default(self):
        page = '<meta charset="windows-1258">' + self.VIETNAMESE
        assert decode_html(in_windows_1258(page), "iso-8859-1") == page

    @pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", None])
    def test_western_text_is_read_as_windows_1252(self, declared):
        assert decode_html(self.FRENCH.encode("cp1252"), declared) == self.FRENCH

    def test_heaps_of_windows_1258_tones_are_cut(self):
        assert len(decode_html(b"<p>a" + b"\xec\xf2" * 30_000, "windows-1258")) < 50

    @pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii"])
    def test_a_declared_charset_beats_a_guess(self, declared):
        assert decode_html("<p>São Paulo</p>".encode("cp1252"), declared) == "<p>São Paulo</p>"

    def test_bytes_without_meaning_become_replacement_characters(self):
        assert decode_html(b"<p>caf\xe9 \x81</p>", "iso-8859-1") == "<p>café \ufffd</p>"


class TestTwiceEncoded:
    def test_a_whole_page_is_repaired(self):
        assert decode_html(encode_twice(PAGE).encode(), "utf-8") == PAGE

    def test_a_whole_page_is_repaired_where_a_stretch_alone_proves_nothing(self):
        page = "<p>Cách làm</p><p>Ủy ban</p>"
        assert decode_html(encode_twice(page).encode(), None) == page

    def test_the_well_known_example(self):
        assert decode_html("á»¦y ban".encode(), None) == "Ủy ban"

    def test_content_inside_a_sound_template_is_repaired(self):
        broken, sound = "<p>Ủy ban nhân dân phường</p>", "<h1>Cổng thông tin điện tử là của phường</h1>"
        assert decode_html((sound + encode_twice(broken)).encode(), None) == sound + broken

    def test_a_repaired_attribute(self):
        assert decode_html('<h1>Tin mới</h1><a title="á»¦y ban">xem</a>'.encode(), None) == (
            '<h1>Tin mới</h1><a title="Ủy ban">xem</a>'
        )

    def test_a_letter_cut_off_at_the_end_leaves_the_rest_repaired(self):
        cut = "<p>Ủy ban</p><p>phường Ủ"
        assert decode_html(encode_twice(cut)[:-1].encode(), None).startswith("<p>Ủy ban</p><p>")

    @pytest.mark.parametrize(
        "sound",
        [
            "<p>«Hay quá»\u00a0: lời khen của đại biểu</p>",
            "XÃ\u00a0TÂN PHÚ",
            "Ông Ärztekammer và bà Ægir",
            "Đá» §iểm",
            "Ä",
            "Ä€",
            "á»",
            "<p>Kẻ chữ: á»¦ — lỗi phông</p>",
        ],
    )
    def test_sound_text_with_the_same_signs_is_left_alone(self, sound):
        assert decode_html(sound.encode(), None) == sound


@given(st.text(alphabet="aăâđêôơưủạậếĐỦ ÄÆÃáà»º§¦\u00a0\u00ad“”–.\n", max_size=40))
def test_a_stretch_with_one_sound_vietnamese_word_survives(text):
    page = f"<p>{text} thủ tục</p>"
    assert decode_html(page.encode(), None) == page


@given(
    st.lists(
        st.sampled_from(["phường", "Đảng", "được", "cử", "tri", "«hoan", "nghênh»", "“rất”", "95%", "–"])
    )
)
def test_twice_encoded_sentences_come_back(words):
    page = "<p>Ủy ban " + " ".join(words) + "</p>"
    assert decode_html(encode_twice(page).encode(), "utf-8") == page


@given(st.binary(max_size=200), st.none() | st.text(max_size=20))
def test_no_bytes_and_no_label_make_it_fail(raw, declared):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "\0" not in decode_html(raw, declared)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeffÄÆá"), max_size=80)
)
def test_any_utf8_text_comes_back_whatever_is_declared(text):
    for declared in ("utf-8", "iso-8859-1", None):
        assert decode_html(text.encode(), declared) == text
