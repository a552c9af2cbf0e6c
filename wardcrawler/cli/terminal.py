"""What portals wrote, made fit for a terminal."""

import unicodedata


def on_one_line(text: str) -> str:
    """``text`` with a space for each control character, so that none of a portal's moves the cursor, colours
    the terminal or breaks a line. As long as before.
    """
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each for each in text)


def linked(style: str, url: str | None) -> str:
    """``style`` of rich with a link to ``url`` in terminals that know links; without one where there is no
    ``url``, or it could end the terminal's sequence early.
    """
    return f"{style} link {url}".strip() if url and url.isprintable() and " " not in url else style
