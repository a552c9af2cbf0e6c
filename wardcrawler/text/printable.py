"""Text of others on a terminal: what it must not do there."""

import re

# Control characters (with them a page could move the cursor, or name a window), and those that turn the
# direction of writing round for what follows (Unicode Standard Annex #9). Line breaks and tabs stay.
_NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """``text`` without characters that steer a terminal."""
    return _NEVER.sub("", text)
