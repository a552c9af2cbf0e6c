"""Content hash, by which two printings of one article are the same article."""

import hashlib
from collections.abc import Sequence

from wardcrawler.text.normalise import canonical


def content_hash(
    title: str, lead: str, body: str, *, otherwise: Sequence[str] = (), is_normal: bool = False
) -> str:
    """Return the SHA-256, in 64 lower-case hex digits, of an article's canonical title and text.

    ``lead`` and ``body`` may be empty. Printings that differ only in these ways agree:

    - spelling that :func:`~wardcrawler.text.normalise.canonical` evens out;
    - the lead in a node of its own (VHV ``div.brief``) or as the first paragraph of the body
      (hochiminhcity.gov.vn ``div.journal-content-article > p:first``);
    - a body that begins by repeating the title, the lead or both (danang.gov.vn).

    An article without any text but its title is known by ``otherwise``, the addresses of its
    attachments in any order, so that two empty "Thông báo" with different files stay two
    (lienchieu.danang.gov.vn publishes such). ``is_normal`` says that title, lead and body came from
    :func:`~wardcrawler.text.normalise.normalise`, which is then not done again.
    """
    heading, lead, body = (canonical(part, is_normal=is_normal) for part in (title, lead, body))
    text = _text(_without(heading, lead), _without(heading, body))
    if not text:
        # An empty line no text can hold keeps addresses and texts apart.
        text = "\n" + "\n".join(sorted({address.strip() for address in otherwise}))
    # Broken pages can hold lone surrogates, which plain UTF-8 refuses.
    return hashlib.sha256(f"{heading}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _text(lead: str, body: str) -> str:
    """Join lead and body, which begins with the lead on some pages ("Phường 10" does not with "Phường 1")."""
    begins = body.startswith(lead) and not body[len(lead) : len(lead) + 1].isalnum()
    return body if begins else f"{lead} {body}".strip()


def _without(heading: str, text: str) -> str:
    """Return ``text`` after the heading, which it may begin by repeating, more than once on some pages."""
    repeat = f"{heading} "  # canonical text has one space between words
    start = 0
    while heading and text.startswith(repeat, start):
        start += len(repeat)
    return "" if text[start:] == heading else text[start:]
