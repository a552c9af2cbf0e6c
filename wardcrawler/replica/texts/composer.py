"""The articles of the replica, composed from parts and one seed; equal in every process.

:func:`scheduled_stories` writes the ordinary articles of the three portals. :class:`Composer` draws the parts
used least so far, so that texts on one subject share few sentences.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from wardcrawler.replica.portals import DISTRICT, NEWS, NOTICES, REFORM, WARD_9, WARD_10
from wardcrawler.replica.texts.grammar import Part, PartFiller, Parts, read_parts
from wardcrawler.replica.texts.stories import Block, Bullets, File, Paragraph, Picture, Story, Table
from wardcrawler.replica.texts.units import Unit, district, ward
from wardcrawler.text.dates import ICT

NEWEST = date(2024, 6, 21)
SUBJECTS = {
    NEWS: (
        "hoi-nghi", "tiem-chung", "trat-tu-do-thi", "khen-thuong", "pccc", "bau-cu", "an-sinh", "moi-truong",
        "dai-doan-ket", "sot-xuat-huyet", "ngan-sach", "thanh-nien",
    ),
    NOTICES: ("tiep-cong-dan", "thi-cong", "tuyen-quan", "niem-yet"),
    REFORM: ("cai-cach-hanh-chinh", "chuyen-doi-so", "ho-tich"),
}  # fmt: skip
UNITS = {WARD_9.name: ward(9), WARD_10.name: ward(10), DISTRICT.name: district()}
# How many ordinary articles a section has, and how many days lie between two of them.
SCHEDULE = {
    WARD_9.name: {NEWS: (34, 15), NOTICES: (11, 41), REFORM: (8, 52)},
    WARD_10.name: {NEWS: (31, 17), NOTICES: (9, 47), REFORM: (8, 58)},
    DISTRICT.name: {NEWS: (37, 13), NOTICES: (13, 33), REFORM: (11, 39)},
}
_FIGURE = re.compile(r"\d+")
_CAPTIONS = (
    "Quang cảnh buổi lễ",
    "Các đại biểu tham dự",
    "Bà con {dia_ban} tham gia",
    "Lãnh đạo {cap} trao đổi với người dân",
    "Lực lượng chức năng trên {duong}",
    "Một góc {dia_diem}",
)


@dataclass(frozen=True, slots=True)
class ScheduledStory:
    """A story to be published: where, in which section and when (aware, +07:00)."""

    portal: str
    section: str
    published: datetime
    story: Story


@cache
def scheduled_stories() -> tuple[ScheduledStory, ...]:
    """Compose the ordinary articles of the three portals, section by section, newest first."""
    composer = Composer(compare=True)
    found: list[ScheduledStory] = []
    for portal, sections in SCHEDULE.items():
        for section, (count, gap) in sections.items():
            for number in range(count):
                rng = Random(f"{portal}/{section}/{number}")  # noqa: S311  # texts, not secrets
                day = NEWEST - timedelta(days=number * gap + rng.randrange(gap // 2))
                published = datetime.combine(day, office_hour(rng), ICT)
                story = composer.write(f"{portal}/{section}/{number}", section, UNITS[portal], published)
                found.append(ScheduledStory(portal, section, published, story))
    return tuple(found)


def three_stories_a_day(key: str, section: str, unit: Unit, count: int) -> Iterator[tuple[datetime, Story]]:
    """Yield ``count`` stories for one section, newest first, a third of a day apart; no two
    bodies are equal.
    """
    composer = Composer()
    for number in range(count):
        rng = Random(f"{key}/{number}")  # noqa: S311
        day = NEWEST - timedelta(days=number // 3)
        published = datetime.combine(day, time(17 - number % 3 * 3, rng.randrange(60)), ICT)
        yield published, composer.write(f"{key}/{number}", section, unit, published)


def stories_nine_days_apart(
    key: str, section: str, unit: Unit, count: int
) -> Iterator[tuple[datetime, Story]]:
    """Yield ``count`` stories for one section, newest first, about nine days apart; no two
    titles are equal.
    """
    composer = Composer(compare=True)
    for number in range(count):
        rng = Random(f"{key}/{number}")  # noqa: S311
        day = NEWEST - timedelta(days=number * 9 + rng.randrange(4))
        published = datetime.combine(day, office_hour(rng), ICT)
        yield published, composer.write(f"{key}/{number}", section, unit, published)


def office_hour(rng: Random) -> time:
    """Draw a time at which somebody publishes."""
    return time(rng.choice((7, 8, 9, 10, 13, 14, 15, 16, 17, 20)), rng.randrange(60))


class Composer:
    """Writes stories, remembering which lines were used how often and which titles are taken.

    With ``compare`` every story is held against the earlier ones of its section and written again where the
    title is taken or too many sentences, figures aside, are the same.
    """

    def __init__(self, *, compare: bool = False) -> None:
        self._used: Counter[tuple[str, str]] = Counter()
        self._turn: Counter[str] = Counter()
        self._titles: set[str] = set()
        self._compare = compare
        self._written: dict[str, list[frozenset[str]]] = {}

    def write(self, story_id: str, section: str, unit: Unit, published: datetime) -> Story:
        """Write one story on a subject of ``section`` that suits the month."""
        subject = self._subject(section, published.month)
        for attempt in range(40):
            rng = Random(f"{story_id}/{attempt}")  # noqa: S311
            story = self._attempt(story_id, section, subject, PartFiller(unit, published.date(), rng))
            if not self._compare or not self._is_repetitive(story, subject):
                break
        self._titles.add(story.title)
        return story

    def _attempt(self, story_id: str, section: str, subject: Parts, filler: PartFiller) -> Story:
        rng = filler.rng
        (headline,) = self._draw(subject, "title", 1, filler)
        theme = headline.themes[:1]
        title = filler.fill(headline.text)
        (lead,) = self._draw(subject, "lead", 1, filler, theme)
        blocks: list[Block] = [Paragraph(filler.fill(lead.text))]
        filler.consistent = False
        blocks += self._paragraphs(subject, "body", rng.randint(2, 6), filler, theme)
        if rng.random() < 0.3:
            blocks.insert(rng.randint(1, len(blocks)), _picture(filler))
        blocks += self._extras(subject, filler, theme)
        blocks += self._paragraphs(read_parts("chung"), section, rng.randint(0, 2), filler)
        blocks += self._paragraphs(subject, "speech", 1, filler, theme)
        blocks += _ending(section, filler)
        return Story(story_id, title, tuple(blocks))

    def _subject(self, section: str, month: int) -> Parts:
        suitable = [parts for parts in map(read_parts, SUBJECTS[section]) if month in parts.months]
        chosen = min(suitable, key=lambda parts: self._turn[parts.name])
        self._turn[chosen.name] += 1
        return chosen

    def _is_repetitive(self, story: Story, subject: Parts) -> bool:
        if story.title in self._titles:
            return True
        sentences = frozenset(_FIGURE.sub("#", sentence) for sentence in story.sentences())
        earlier = self._written.setdefault(subject.section, [])
        if any(len(sentences & other) > 0.5 * min(len(sentences), len(other)) for other in earlier):
            return True
        earlier.append(sentences)
        return False

    def _draw(
        self, parts: Parts, heading: str, count: int, filler: PartFiller, theme: str = ""
    ) -> list[Part]:
        """Draw ``count`` lines under ``heading``, the least used ones, in the order of the file."""
        lines = [part for part in parts.lines.get(heading, []) if part.suits(theme)]
        order = sorted(lines, key=lambda part: (self._used[parts.name, part.text], filler.rng.random()))
        chosen = order[:count]
        self._used.update((parts.name, part.text) for part in chosen)
        return sorted(chosen, key=lines.index)

    def _paragraphs(
        self, parts: Parts, heading: str, count: int, filler: PartFiller, theme: str = ""
    ) -> list[Paragraph]:
        return [
            Paragraph(filler.fill(part.text)) for part in self._draw(parts, heading, count, filler, theme)
        ]

    def _extras(self, subject: Parts, filler: PartFiller, theme: str) -> list[Block]:
        blocks: list[Block] = []
        if filler.rng.random() < 0.35:
            for part in self._draw(subject, "list", 1, filler, theme):
                intro, items = part.text.split(" :: ")
                blocks += [Paragraph(filler.fill(intro)), _bullets(items.split(" ;; "), filler)]
        if filler.rng.random() < 0.3:
            for part in self._draw(subject, "table", 1, filler, theme):
                caption, *rows = part.text.split(" :: ")
                cells = (tuple(map(filler.fill, row.split(" | "))) for row in rows)
                blocks += [Paragraph(filler.fill(caption)), Table(tuple(cells))]
        return blocks


def _picture(filler: PartFiller) -> Picture:
    number = filler.rng.randrange(10000)
    return Picture(f"anh-{number:04}.png", "Ảnh: " + filler.fill(filler.rng.choice(_CAPTIONS)))


def _ending(section: str, filler: PartFiller) -> list[Block]:
    rng = filler.rng
    blocks: list[Block] = []
    if rng.random() < (0.6 if section == NOTICES else 0.12):
        number = rng.randint(11, 480)
        kind, label = rng.choice((("Thong bao", "Thông báo"), ("Ke hoach", "Kế hoạch"), ("CV", "Công văn")))
        ending = "docx" if number % 3 == 0 else "signed.pdf"
        blocks.append(File(f"{kind} {number}.{ending}", f"{label} số {number}/UBND"))
    if rng.random() < 0.5:
        signature = rng.choice(read_parts("chung").lines["signature"])
        blocks.append(Paragraph(filler.fill(signature.text)))
    return blocks


def _bullets(lines: list[str], filler: PartFiller) -> Bullets:
    count = filler.rng.randint(max(3, len(lines) - 2), len(lines))
    kept = sorted(filler.rng.sample(range(len(lines)), min(count, len(lines))))
    return Bullets(tuple(filler.fill(lines[index]) for index in kept), ordered=filler.rng.random() < 0.4)
