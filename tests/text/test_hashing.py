"""One article printed in several ways has one hash; two articles have two."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.text.hashing import content_hash

TITLE = "Khu phố 4: Ra quân tổng vệ sinh môi trường"
LEAD = "Sáng 12/3, Ban điều hành Khu phố 4 tổ chức ra quân tổng vệ sinh."
BODY = (
    "Hơn 80 hộ dân đã tham gia thu gom rác, trồng cây và chỉnh trang hẻm.\nĐảng ủy phường biểu dương khu phố."
)

words = st.lists(st.text(alphabet="aáàbcdđeêghikltuưvxy0123456789", min_size=1, max_size=5), max_size=6)
phrases = words.map(" ".join)


def test_it_is_sixty_four_hexadecimal_digits():
    digest = content_hash(TITLE, LEAD, BODY)
    assert len(digest) == 64
    assert set(digest) <= set("0123456789abcdef")


class TestTheSameArticle:
    def test_in_decomposed_letters(self):
        decomposed = [unicodedata.normalize("NFD", text) for text in (TITLE, LEAD, BODY)]
        assert content_hash(*decomposed) == content_hash(TITLE, LEAD, BODY)

    def test_in_the_other_tone_placement_with_a_false_d_and_hidden_characters(self):
        other = BODY.replace("ủy", "uỷ").replace("Đ", "\u00d0").replace("khu", "kh\u200bu")
        assert other != BODY
        assert content_hash(TITLE, LEAD, other) == content_hash(TITLE, LEAD, BODY)

    def test_in_capitals_and_with_other_white_space(self):
        assert content_hash(TITLE.upper(), LEAD, BODY.replace("\n", " \n\u00a0 ")) == content_hash(
            TITLE, LEAD, BODY
        )

    def test_with_the_lead_as_first_paragraph(self):
        assert content_hash(TITLE, "", f"{LEAD}\n{BODY}") == content_hash(TITLE, LEAD, BODY)

    def test_with_the_lead_printed_in_its_node_and_again_in_the_body(self):
        assert content_hash(TITLE, LEAD, f"{LEAD}\n{BODY}") == content_hash(TITLE, LEAD, BODY)

    def test_with_the_title_repeated_by_the_body(self):
        assert content_hash(TITLE, LEAD, f"{TITLE}\n{BODY}") == content_hash(TITLE, LEAD, BODY)

    def test_with_title_and_lead_repeated_by_the_body(self):
        assert content_hash(TITLE, LEAD, f"{TITLE}\n{LEAD}\n{BODY}") == content_hash(TITLE, LEAD, BODY)
        assert content_hash(TITLE, "", f"{TITLE}\n{LEAD}\n{BODY}") == content_hash(TITLE, LEAD, BODY)

    def test_with_the_title_repeated_by_the_lead(self):
        assert content_hash(TITLE, f"{TITLE}\n{LEAD}", BODY) == content_hash(TITLE, LEAD, BODY)
        assert content_hash(TITLE, TITLE, BODY) == content_hash(TITLE, "", BODY)

    def test_with_its_files_in_another_order_or_linked_twice(self):
        one = content_hash("Thông báo", "", "", otherwise=["https://a.vn/1.pdf", "https://a.vn/2.pdf"])
        assert one == content_hash(
            "Thông báo", "", "", otherwise=["https://a.vn/2.pdf", "https://a.vn/1.pdf", "https://a.vn/2.pdf"]
        )

    def test_with_other_files_while_there_is_a_text(self):
        assert content_hash(TITLE, "", BODY, otherwise=["https://a.vn/1.pdf"]) == content_hash(
            TITLE, "", BODY
        )


class TestDifferentArticles:
    def test_reports_from_one_template_with_other_figures(self):
        assert content_hash(TITLE, LEAD, BODY) != content_hash(TITLE, LEAD, BODY.replace("80", "95"))

    def test_one_text_under_two_titles(self):
        assert content_hash(TITLE, LEAD, BODY) != content_hash(TITLE.replace("4", "5"), LEAD, BODY)

    def test_one_title_over_two_texts(self):
        assert content_hash(TITLE, LEAD, BODY) != content_hash(
            TITLE, LEAD, "Hội nghị đã thông qua chương trình."
        )

    def test_a_lead_that_only_one_of_them_has(self):
        assert content_hash(TITLE, LEAD, BODY) != content_hash(TITLE, "", BODY)

    def test_a_word_moved_from_title_to_text(self):
        assert content_hash("Thông báo lịch", "", "trực") != content_hash("Thông báo", "", "lịch trực")

    def test_empty_articles_with_different_files(self):
        assert content_hash("Thông báo", "", "", otherwise=["https://a.vn/1.pdf"]) != content_hash(
            "Thông báo", "", "", otherwise=["https://a.vn/2.pdf"]
        )

    def test_articles_that_only_repeat_their_title_over_different_files(self):
        assert content_hash("Thông báo", "", "THÔNG BÁO", otherwise=["https://a.vn/1.pdf"]) != content_hash(
            "Thông báo", "Thông báo", "", otherwise=["https://a.vn/2.pdf"]
        )

    def test_an_address_in_the_text_and_an_address_of_a_file(self):
        assert content_hash("Thông báo", "", "https://a.vn/1.pdf") != content_hash(
            "Thông báo", "", "", otherwise=["https://a.vn/1.pdf"]
        )

    def test_a_title_that_is_only_the_beginning_of_a_longer_word(self):
        assert content_hash("Phường 1", "", "Phường 10 họp dân") != content_hash("Phường 1", "", "0 họp dân")

    def test_a_lead_that_is_only_the_beginning_of_a_longer_word(self):
        assert content_hash("Tin", "Khu phố A", "Khu phố An họp") != content_hash("Tin", "", "Khu phố An họp")

    def test_a_sentence_that_only_begins_like_the_title(self):
        assert content_hash("Hội nghị", "", "Hội nghị: tổng kết") != content_hash("Hội nghị", "", "tổng kết")

    def test_diacritics_make_a_difference(self):
        assert content_hash("Dân vận", "", "Má") != content_hash("Dân vận", "", "Ma")


class TestOddInput:
    def test_everything_empty(self):
        assert content_hash("", "", "") == content_hash(" \u200b", "\n", "\u00a0")

    def test_no_title(self):
        assert content_hash("", LEAD, BODY) == content_hash("", "", f"{LEAD}\n{BODY}")

    def test_lone_surrogates_from_a_broken_page(self):
        assert content_hash("Thông báo \udc80", "", BODY) != content_hash("Thông báo", "", BODY)


@given(phrases, phrases, phrases)
def test_what_the_body_repeats_never_matters(title, lead, body):
    title, lead, body = f"Tiêu đề {title}", f"Tóm tắt {lead}", f"Nội dung {body}"
    assert (
        content_hash(title, lead, body)
        == content_hash(title, "", f"{lead}\n{body}")
        == content_hash(title, lead, f"{title}\n{body}")
        == content_hash(title, f"{title} {lead}", f"{title}\n{title}\n{lead}\n{body}")
    )


@given(phrases, phrases)
def test_other_bodies_have_other_hashes(one, other):
    same = one.split() == other.split()
    assert (content_hash("Tin", "", f"Thân {one}") == content_hash("Tin", "", f"Thân {other}")) == same
