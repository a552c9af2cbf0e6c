"""Labelled pairs of texts: versions of one piece, reports from one template, and texts that are neither.

The texts are composed from the sentences that were written for the replica (``wardcrawler/replica/parts``)
and from ``near_texts.txt``; the changes are those that portals make.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Literal

from wardcrawler.replica.portals import NEWS, NOTICES, REFORM
from wardcrawler.replica.texts.composer import SUBJECTS
from wardcrawler.replica.texts.grammar import Part, PartFiller, read_parts
from wardcrawler.replica.texts.units import Unit, district, ward

Label = Literal["same", "template", "other"]

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_FIRST_DAY = date(2022, 1, 3)

_HEADING = re.compile(r"\[([^|\[\]]+)\]")


def _read() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines = Path(__file__).with_name("near_texts.txt").read_text("utf-8").splitlines()
    for line in lines[1:]:
        heading = _HEADING.fullmatch(line)
        if heading:
            current = found.setdefault(heading[1], [])
        elif line:
            current.append(line)
    return found


_TEXTS = _read()
_SHORT = [tuple(line.split(" :: ")) for line in _TEXTS["short"]]
_REPLACED = dict(line.split(" :: ") for line in _TEXTS["words"])


@dataclass(frozen=True, slots=True)
class Text:
    """A title and the lines of a body."""

    title: str
    lines: tuple[str, ...]

    @property
    def body(self) -> str:
        """The body as it is stored."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, what they are to each other, and by which change the second came from the first."""

    label: Label
    kind: str
    first: Text
    second: Text


def labelled_pairs(seed: int = 6) -> list[Pair]:
    """All pairs; equal for equal seeds."""
    return list(_pairs(Random(seed)))


def _pairs(dice: Random) -> Iterator[Pair]:
    plans = [plan(name, dice) for names in SUBJECTS.values() for name in names for _ in range(3)]
    for number, lines in enumerate(plans):
        text = _written(lines, ward(1 + number % 15), number, dice)
        yield Pair("same", "one word changed", text, _one_word_changed(text, dice))
        yield Pair("same", "a line added", text, _a_line_added(text, dice))
        yield Pair("same", "header or footer left in", text, _with_furniture(text, dice))
        piece = _written(lines, district(), number, dice)
        yield Pair("same", "district piece re-posted, a line added", piece, _reposted(piece, number, dice))
        yield Pair("same", "only the first half re-posted", text, _first_half(text))
        other_day = _written(lines, ward(1 + (number + 7) % 15), number + 60, dice)
        yield Pair("template", "same template, other figures, names, dates", text, other_day)
        other = _written(plans[(number + 3) % len(plans)], ward(1 + number % 15), number, dice)
        yield Pair("other", "two subjects, same boilerplate", _official(text), _official(other))
        yield Pair("other", "two subjects, same portal", text, other)
    for number in range(4 * len(_SHORT)):
        text, again = (
            _short(number % len(_SHORT), ward(1 + number % 15), number + days, dice) for days in (0, 40)
        )
        yield Pair("same", "short notice, a line added", text, _a_line_added(text, dice))
        yield Pair("same", "short notice, one word changed", text, _one_word_changed(text, dice))
        yield Pair("template", "short notice, other figures, names, dates", text, again)
        other = _short((number + 1) % len(_SHORT), ward(1 + number % 15), number, dice)
        yield Pair("other", "two short notices", text, other)


# --- writing ---------------------------------------------------------------------------------------


def plan(subject: str, dice: Random) -> list[Part]:
    """The lines of a piece, alternatives chosen, slots open: what one office's template looks like."""
    parts = read_parts(subject)
    section = next(section for section in (NEWS, NOTICES, REFORM) if subject in SUBJECTS[section])
    headline = dice.choice(parts.lines["title"])
    theme = headline.themes[:1]

    def some(lines: list[Part], count: int) -> list[Part]:
        fitting = [part for part in lines if part.suits(theme)]
        return sorted(dice.sample(fitting, min(count, len(fitting))), key=lines.index)

    lines = [headline, *some(parts.lines["lead"], 1), *some(parts.lines["body"], dice.randint(2, 6))]
    lines += some(read_parts("chung").lines[section], dice.randint(0, 2))
    lines += some(parts.lines.get("speech", []), 1)
    return [replace(part, text=_settled(part.text, dice)) for part in lines]


def filled(lines: list[Part], dice: Random, first_day: date) -> Text:
    """A report from the template ``lines``, of some ward on some day in the ten years after ``first_day``."""
    filler = PartFiller(ward(dice.randint(1, 15)), first_day + timedelta(days=dice.randrange(3650)), dice)
    title, *body = (filler.fill(part.text) for part in lines)
    return Text(title, tuple(body))


def copies(text: Text, dice: Random) -> list[Text]:
    """Versions of one piece, each changed in another way."""
    return [_a_line_added(text, dice), _with_furniture(text, dice), _reposted(text, dice.randrange(15), dice)]


def _settled(text: str, dice: Random) -> str:
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda found: dice.choice(found[1].split("|")), text)
    return text


def _written(lines: list[Part], unit: Unit, number: int, dice: Random) -> Text:
    filler = PartFiller(unit, _FIRST_DAY + timedelta(days=9 * number), Random(dice.random()))
    title, *body = (filler.fill(part.text) for part in lines)
    return Text(title, tuple(body))


def _short(which: int, unit: Unit, number: int, dice: Random) -> Text:
    title, body = _SHORT[which]
    filler = PartFiller(unit, _FIRST_DAY + timedelta(days=9 * number), Random(dice.random()))
    filler.consistent = False
    return Text(title, (filler.fill(body),))


# --- changing --------------------------------------------------------------------------------------


def _one_word_changed(text: Text, dice: Random) -> Text:
    """One word of the body replaced; in some, one figure, as corrections do."""
    body = text.body
    figures = list(re.finditer(r"\b\d+\b", body))
    words = [found for word in _REPLACED for found in re.finditer(rf"\b{word}\b", body)]
    if figures and (not words or dice.random() < 0.3):
        found = dice.choice(figures)
        changed = str(int(found[0]) + 1)
    else:
        found = dice.choice(words)
        changed = _REPLACED[found[0]]
    return Text(text.title, tuple((body[: found.start()] + changed + body[found.end() :]).split("\n")))


def _a_line_added(text: Text, dice: Random) -> Text:
    at = dice.randint(1, len(text.lines))
    return Text(text.title, (*text.lines[:at], dice.choice(_TEXTS["added"]), *text.lines[at:]))


def _with_furniture(text: Text, dice: Random) -> Text:
    """What an extraction with a wrong selector leaves in: above, below, or both."""
    titles = read_parts("hoi-nghi").lines["title"]
    related = " ".join(_settled(part.text, dice) for part in dice.sample(titles, 3))

    def fill(lines: list[str]) -> list[str]:
        return [
            line.format(views=dice.randint(3, 900), related=re.sub(r"{.*?}", "", related)) for line in lines
        ]

    above, below = dice.choice(((True, False), (False, True), (True, True)))
    header, footer = fill(_TEXTS["header"]) if above else [], fill(_TEXTS["footer"]) if below else []
    return Text(text.title, (*header, *text.lines, *footer))


def _reposted(text: Text, number: int, dice: Random) -> Text:
    name = f"Phường {1 + number % 15}"
    source = f"{name} trân trọng giới thiệu đến bà con bài viết từ Cổng thông tin Quận Tân Hòa."
    title = f"{name}: {text.title}" if dice.random() < 0.5 else text.title
    return Text(title, (source, *text.lines) if dice.random() < 0.5 else (*text.lines, source))


def _first_half(text: Text) -> Text:
    return Text(text.title, text.lines[: max(1, len(text.lines) // 2)])


def _official(text: Text) -> Text:
    return Text(text.title, (*_TEXTS["opening"], *text.lines[:2], *_TEXTS["closing"]))
