"""Parts of texts and how they become sentences.

A part is a line such as ``[Sáng|Chiều] ngày {ngay}, {ubnd} kiểm tra {n:3-9} công trình``: alternatives in
brackets, slots in braces. Slots are words of the unit, places, dates of the story, numbers ``{n:low-high}``,
percentages ``{p:low-high}`` and sums in million đồng ``{m:low-high}``. A slot written with a capital gives
its words with one. Letters before ``> `` name the themes a line belongs to (an election notice is no party
congress); a line without them suits every theme of its subject. Everything is drawn from one seeded
generator, so equal seeds give equal texts.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random

from wardcrawler.replica.texts.units import Unit

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]+)\}")
_HEADING = re.compile(r"\[([^|\[\]]+)\]")
_THEMES = re.compile(r"(?:([a-z]+)> )?(.+)")
_QUARTERS = ("I", "II", "III", "IV")
_HOLIDAYS = (
    (2, 3, "Ngày thành lập Đảng 3/2"),
    (3, 26, "Ngày thành lập Đoàn 26/3"),
    (4, 30, "Ngày Giải phóng miền Nam 30/4"),
    (5, 19, "Ngày sinh Chủ tịch Hồ Chí Minh 19/5"),
    (7, 27, "Ngày Thương binh - Liệt sĩ 27/7"),
    (9, 2, "Ngày Quốc khánh 2/9"),
    (10, 20, "Ngày thành lập Hội Liên hiệp Phụ nữ 20/10"),
    (12, 22, "Ngày thành lập Quân đội nhân dân 22/12"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One line: its text, and the themes it is for (empty: all of them)."""

    text: str
    themes: str

    def suits(self, theme: str) -> bool:
        """Return whether a story on ``theme`` may use this line; every line suits the empty theme."""
        return not self.themes or not theme or theme in self.themes


class Parts:
    """The parts of one subject: ``section``, ``months`` it is written about, and lines under headings."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines: dict[str, list[Part]] = {}
        facts: dict[str, str] = {}
        current: list[Part] | None = None
        for line in filter(None, map(str.strip, text.splitlines())):
            heading = _HEADING.fullmatch(line)
            if heading:
                current = self.lines.setdefault(heading[1], [])
            elif current is None:
                key, _, value = line.partition(": ")
                facts[key] = value
            else:
                themed = _THEMES.fullmatch(line)
                assert themed  # noqa: S101  # any line that is not empty matches
                current.append(Part(themed[2], themed[1] or ""))
        self.section = facts["section"]
        first, last = facts["months"].split("-")
        self.months = range(int(first), int(last) + 1)


def read_text(name: str) -> str:
    """Return the text of a data file in ``parts/``."""
    return files("wardcrawler.replica").joinpath("parts", name).read_text("utf-8")


@cache
def read_parts(name: str) -> Parts:
    """Return the parts of subject ``name``."""
    return Parts(name, read_text(f"{name}.txt"))


class PartFiller:
    """Fills the parts of one story: one unit, one day, one seeded generator."""

    def __init__(self, unit: Unit, published: date, rng: Random) -> None:
        self.rng = rng
        self._words = unit.fixed | _dates(published, rng)
        self._cycles = {name: rng.sample(values, 3) for name, values in unit.varied.items()}
        self._uses = dict.fromkeys(unit.varied, 0)
        self._later = published
        self._numbers: dict[str, str] = {}
        self.consistent = True
        """While true, equal slots give equal numbers and places, so that title and lead agree."""

    def fill(self, part: str) -> str:
        """Return ``part`` as text, alternatives chosen and slots filled."""
        while _CHOICE.search(part):
            part = _CHOICE.sub(lambda found: self.rng.choice(found[1].split("|")), part)
        text = _SLOT.sub(lambda found: self._slot(found[1]), part)
        return text[:1].upper() + text[1:]

    def _slot(self, slot: str) -> str:
        if slot[1:2] == ":":
            return self._figure(slot)
        name = slot[0].lower() + slot[1:]
        text = self._word(name)
        return text if name == slot else text[0].upper() + text[1:]

    def _word(self, name: str) -> str:
        if name == "ngay_sau":
            self._later += timedelta(days=self.rng.randint(2, 9))
            return f"{self._later.day}/{self._later.month}"
        if name in self._cycles:
            values = self._cycles[name]
            if self.consistent:
                return values[0]
            self._uses[name] += 1
            return values[(self._uses[name] - 1) % len(values)]
        return self._words[name]

    def _figure(self, slot: str) -> str:
        if self.consistent and slot in self._numbers:
            return self._numbers[slot]
        low, high = map(int, slot[2:].split("-"))
        number = self.rng.randint(low, high)
        match slot[0]:
            case "n":
                is_year = low >= 1900 and high <= 2100
                text = str(number) if is_year else f"{number:,}".replace(",", ".")
            case "p":
                text = f"{number},{self.rng.randint(1, 99):02}%"
            case _:
                text = f"{number:,} triệu đồng".replace(",", ".")
        return self._numbers.setdefault(slot, text) if self.consistent else text


def _dates(published: date, rng: Random) -> dict[str, str]:
    event = published - timedelta(days=rng.choice((0, 0, 1, 1, 2)))
    before = event - timedelta(days=rng.randint(4, 12))
    quarter = (event.month - 1) // 3
    return {
        "ngay": f"{event.day}/{event.month}",
        "ngay_truoc": f"{before.day}/{before.month}",
        "tuan": str(event.isocalendar().week),
        "thang": str(event.month),
        "nam": str(event.year),
        "nam1": str(event.year + 1),
        "nam2": str(event.year + 2),
        "nam17": str(event.year - 17),
        "quy": _QUARTERS[quarter],
        "gio": f"{rng.randint(7, 8)} giờ {rng.choice(('00', '15', '30'))}",
        "ngay_le": _next_holiday(event),
    }


def _next_holiday(day: date) -> str:
    coming = [name for month, number, name in _HOLIDAYS if (month, number) >= (day.month, day.day)]
    return coming[0] if coming else _HOLIDAYS[0][2]
