"""What a worker and its parent say to each other: JSON objects, one a line.

The parent says first how to begin (settings, spider arguments, where the log goes), then a group of portals,
each by its description, whenever a place is free; the end of its words means: end all crawls in order. The
worker says ``ready``, ``started`` (a portal), ``progress`` (every second, the sign of life) and ``finished``
(the result of a portal).
"""

import json
from typing import Any

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, Settings

Message = dict[str, Any]


def encode(message: Message) -> bytes:
    """One line."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Lines:
    """Cuts what comes through a pipe into messages."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Message]:
        """The messages that ``data`` completes. Raises ``ValueError`` for what is none."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [json.loads(line) for line in lines]


def settings_to_tell(settings: Settings) -> dict[str, Any]:
    """The settings that were given on the command line or in its place; the others a worker has itself.

    Raises ``TypeError`` for a value that JSON does not know.
    """
    least = SETTINGS_PRIORITIES["cmdline"]
    told = {}
    for name in settings:
        if (settings.getpriority(name) or 0) >= least:
            value = settings[name]
            told[name] = value.copy_to_dict() if isinstance(value, BaseSettings) else value
    json.dumps(told)
    return told
