"""What portals wrote, made fit for a terminal."""

import unicodedata

from wardcrawler.text.printable import TURNS


def on_one_line(text: str) -> str:
    """``text`` with a space for each control character, so that none of a portal's moves the cursor, colours
    the terminal, breaks a line or turns the direction of writing round. As long as before.
    """
    if text.isprintable():
        return text
    return "".join(" " if _steers(each) else each for each in text)


def _steers(each: str) -> bool:
    return each in TURNS or unicodedata.category(each) in ("Cc", "Zl", "Zp")


def linked(style: str, url: str | None) -> str:
    """``style`` of rich with a link to ``url`` in terminals that know links; without one where there is no
    ``url``, or it could end the terminal's sequence early.
    """
    return f"{style} link {url}".strip() if url and url.isprintable() and " " not in url else style
