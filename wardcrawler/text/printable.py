"""Text of others on a terminal, without what it must not do there."""

import re

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of writing round for all that follows (Unicode Standard Annex #9)."""

# Control characters too: with them a page could move the cursor, or name a window. Line breaks and tabs stay.
_NEVER = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{TURNS}]")


def printable(text: str) -> str:
    """Return ``text`` without characters that steer a terminal."""
    return _NEVER.sub("", text)
