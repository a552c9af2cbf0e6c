"""Words of our pages, in Vietnamese and in English."""

import re
import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from datasette.utils.asgi import Request

from wardcrawler.monitoring.health import percent

LANGUAGES = ("vi", "en")
"""The first is shown to whoever asks for neither."""

COOKIE = "lang"

_ASKED = re.compile(r"\b(vi|en)\b", re.IGNORECASE)


@cache
def labels() -> dict[str, dict[str, str]]:
    """Read every label by language and key. Placeholders are ``str.format``'s."""
    read: dict[str, Any] = tomllib.loads(
        files("wardcrawler.web").joinpath("labels.toml").read_text(encoding="utf-8")
    )
    return {
        "en": {key: pair[0] for key, pair in read.items()},
        "vi": {key: pair[1] for key, pair in read.items()},
    }


class Words:
    """The labels in one language: ``words("found", count=3)``. Raises ``KeyError`` for one there is not."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._labels = labels()[language]

    def __call__(self, key: str, **values: object) -> str:
        """Return the label, filled in."""
        return self._labels[key].format(**values) if values else self._labels[key]

    def known(self, prefix: str, value: str | None) -> str:
        """Return the label of a coded value, such as a level, or the value itself, which may be a new one."""
        return self._labels.get(f"{prefix}_{value}", value or "")

    def number(self, count: int) -> str:
        """Write a number as ``12.345`` in Vietnamese, ``12,345`` in English."""
        return f"{count:,}".replace(",", "." if self.language == "vi" else ",")

    def share(self, share: float) -> str:
        """Write a share from 0 to 1 as ``98 %``, rounded down: all is only what lacks nothing."""
        return percent(share)

    def time(self, moment: str | None, precision: str | None = None) -> str:
        """Write ISO 8601 text for people, as exact as it is: ``24/06/2023 08:37``, ``24 June 2023, 08:37``, a
        day, a month. ``precision`` "day" leaves out a clock that only fills up. No time is shown as it is.
        """
        if not moment:
            return ""
        if precision == "day":
            moment = moment[: len("2023-06-24")]
        try:
            when = datetime.fromisoformat(f"{moment}-01" if len(moment) == len("2023-06") else moment)
        except ValueError:
            return moment
        month = when.strftime("%m/%Y") if self.language == "vi" else when.strftime("%B %Y")
        if len(moment) == len("2023-06"):
            return month
        day = f"{when:%d}/{month}" if self.language == "vi" else f"{when.day} {month}"
        clock = f" {when:%H:%M}" if len(moment) > len("2023-06-24") else ""
        return f"{day},{clock}" if clock and self.language == "en" else f"{day}{clock}"

    def pick(self, text: Any) -> str:
        """Return the one of a pair of texts, ``.en`` and ``.vi``, that is in this language."""
        found: str = getattr(text, self.language)
        return found


def language_of(request: Request | None) -> str:
    """Return the language that the reader chose (a cookie), else his browser's, else Vietnamese."""
    if request is None:
        return LANGUAGES[0]
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    asked = _ASKED.search(request.headers.get("accept-language", ""))
    return asked[1].lower() if asked else LANGUAGES[0]


def words_for(request: Request | None) -> Words:
    """Return the words in the language of whoever asks."""
    return Words(language_of(request))
