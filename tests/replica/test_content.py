"""The articles: many, varied, in good form, and the same in every process."""

import re
import unicodedata
from collections import Counter
from datetime import datetime
from itertools import combinations

import pytest

from wardcrawler.replica.expected import expected, expected_pages
from wardcrawler.replica.portals import NEWS, NOTICES, PORTALS, REFORM
from wardcrawler.replica.texts.composer import scheduled_stories, three_stories_a_day
from wardcrawler.replica.texts.stories import (
    Bullets,
    File,
    Paragraph,
    Picture,
    Story,
    Table,
    conference_report,
    decomposed,
    new_tone_placement,
    slug,
)
from wardcrawler.replica.texts.units import ward
from wardcrawler.text.dates import ICT
from wardcrawler.text.hashing import content_hash

ARTICLES = scheduled_stories()
UNFILLED = re.compile(r"[{}\[\]|]|\b\w>|::|;;|  | ,|,,| \.(?!\.)")


def sentences_without_figures(story: Story) -> set[str]:
    return {re.sub(r"\d+", "#", sentence) for sentence in story.sentences()}


def test_there_are_more_than_150_articles_in_all_sections_of_three_portals() -> None:
    assert len(ARTICLES) >= 150
    per_section = Counter((each.portal, each.section) for each in ARTICLES)
    assert set(per_section) == {(portal.name, section) for portal in PORTALS for section in portal.sections}
    assert min(per_section.values()) >= 8


def test_no_two_texts_share_more_than_half_of_their_sentences_even_with_figures_masked() -> None:
    masked = [(each.story, sentences_without_figures(each.story)) for each in ARTICLES]
    worst = max(
        (len(a & b) / min(len(a), len(b)), one.title, other.title)
        for (one, a), (other, b) in combinations(masked, 2)
    )
    assert worst[0] <= 0.5, worst


def test_titles_are_all_different() -> None:
    assert len({each.story.title for each in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize("each", ARTICLES, ids=lambda each: each.story.id)
def test_a_text_is_composed_finished_vietnamese(each) -> None:
    for text in (each.story.title, *each.story.pieces()):
        assert unicodedata.is_normalized("NFC", text)
        assert text == text.strip()
        assert text
        assert not UNFILLED.search(text.replace("...", "")), text
        assert text[0].isupper() or text[0].isdigit() or text[0] == "“", text


def test_bodies_have_lead_and_several_paragraphs_and_some_have_more_than_text() -> None:
    for each in ARTICLES:
        paragraphs = [block for block in each.story.blocks if isinstance(block, Paragraph)]
        assert 4 <= len(paragraphs) <= 13
        assert each.story.lead == paragraphs[0].text
    kinds = Counter(type(block) for each in ARTICLES for block in each.story.blocks)
    assert min(kinds[kind] for kind in (Bullets, Table, Picture, File)) >= 15


def test_publication_lies_in_the_past_newest_first_and_suits_the_season() -> None:
    for portal in PORTALS:
        for section in (NEWS, NOTICES, REFORM):
            times = [e.published for e in ARTICLES if e.portal == portal.name and e.section == section]
            assert times == sorted(times, reverse=True)
            assert times[0] < datetime(2024, 7, 1, tzinfo=ICT)
    feasts = [each for each in ARTICLES if "Ngày hội Đại đoàn kết" in each.story.title]
    assert feasts
    assert all(each.published.month >= 10 for each in feasts)


def test_the_conference_report_keeps_its_spelling() -> None:
    story = conference_report()
    body = "\n".join(story.pieces())
    assert story.title == (
        "Phường 9: Hội nghị giao ban chuyên đề Quý II và sơ kết công tác 6 tháng đầu năm 2023"
    )
    assert body.startswith("Ngày 23/6, Phường 9 tổ chức Hội nghị")
    assert body.endswith("thống nhất đất nước.")
    assert len(story.blocks) == 8
    assert (body.count("uỷ"), body.count("ủy"), body.count("\u00d0")) == (6, 4, 1)


def test_texts_are_distinct_exactly_as_often_as_expected_says() -> None:
    hashes = {
        content_hash(
            page.story.title,
            "",
            "" if isinstance(page.story.blocks[0], File) else "\n".join(page.story.pieces()),
            otherwise=page.story.pieces(),
        )
        for portal in PORTALS
        for page in expected_pages(portal.name)
    }
    assert len(hashes) == expected().articles
    assert expected().pages - expected().articles == 3


@pytest.mark.parametrize("count", [1, 700])
def test_generated_texts_for_benchmarks_are_all_different(count: int) -> None:
    stories = [story for _, story in three_stories_a_day("bench", NEWS, ward(11), count)]
    assert len({tuple(story.pieces()) for story in stories}) == count


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        ("Ủy ban phường, Đảng ủy; thủy lợi", "Uỷ ban phường, Đảng uỷ; thuỷ lợi"),
        ("hòa giải, khỏe mạnh, xóa nghèo", "hoà giải, khoẻ mạnh, xoá nghèo"),
        ("Quý hoán toán quỹ hoàn", "Quý hoán toán quỹ hoàn"),
    ],
)
def test_new_tone_placement_moves_the_mark_of_open_syllables_only(written: str, rewritten: str) -> None:
    assert new_tone_placement(written) == rewritten


def test_decomposing_changes_the_characters_not_the_text() -> None:
    assert decomposed("Ủy") != "Ủy"
    assert unicodedata.normalize("NFC", decomposed("Ủy")) == "Ủy"


@pytest.mark.parametrize(
    ("title", "keep_d", "expected_slug"),
    [
        ("Đối thoại – hỏi đáp (lần 2)", True, "doi-thoai-hoi-dap-lan-2"),
        ("Đối thoại – hỏi đáp (lần 2)", False, "-oi-thoai-hoi-ap-lan-2"),
        ("Họp ngày 5/9: xét chọn", False, "hop-ngay-5-9-xet-chon"),
    ],
)
def test_slugs_are_made_as_liferay_makes_them(title: str, keep_d: bool, expected_slug: str) -> None:
    assert slug(title, keep_d=keep_d) == expected_slug
