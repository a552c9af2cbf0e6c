"""Pages that ask for rest, though they come with status 200: guards against floods that know no 429."""

import html
import re

from wardcrawler.text.normalise import fold

LONGEST = 8 * 1024
"""Bytes of the longest body that is looked into: such a page has one sentence and no menu."""

_MOST_TEXT = 300  # characters; a page with more tells of something
_FEW_LINKS = 3
_HINT = re.compile(
    rb"flood|secfield|gi(?:\xc3\xa2|\xe2|a\xcc\x82|&acirc;|&#226;|&#xe2;|a)y|sec(?:ond)?s?\b", re.IGNORECASE
)
_UNREAD = re.compile(r"<(script|style|title|noscript)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"<a\s[^>]*href", re.IGNORECASE)
# Words without diacritics: "Hãy đợi 54 giây", "Vui lòng thử lại sau 30 giây", "Please wait 54 seconds".
_WAIT = re.compile(
    r"\b(?:doi|cho|(?:thu|quay|truy cap) lai sau|wait|again (?:in|after)|retry (?:in|after))\b"
    r"[^0-9]{0,40}([0-9]{1,6})\s*(?:giay|sec(?:ond)?s?)\b"
)
_REFUSES = re.compile(
    r"\b(?:tu choi|qua nhieu|qua nhanh|tam khoa|tam ngung|flood|too (?:many|fast)|refus\w+|denied|blocked)\b"
)
_GUARD = re.compile(r"(?:class|id)\s*=\s*[\"']?[^\"'>]*(?:flood|secfield)", re.IGNORECASE)  # NukeViet's
_REFRESH = re.compile(r"<meta[^>]*http-equiv\s*=\s*[\"']?refresh[^>]*>", re.IGNORECASE)
_RELOAD = re.compile(r"location\s*\.\s*reload\s*\(", re.IGNORECASE)


def seconds_of_rest(body: bytes) -> float | None:
    """Return the seconds for which the page ``body``, unpacked, asks to be left alone; None for any other.

    NukeViet 4.4 and its like answer so, whatever was asked for: "Hệ thống đang từ chối truy cập của bạn. Hãy
    đợi 54 giây…", in a ``div.floodblocker``. Such a page is short, has no menu, names the seconds, and shows
    by its markup, its words or its reloading that it is no article that quotes them.
    """
    if len(body) > LONGEST or not _HINT.search(body):
        return None
    source = body.decode("utf-8", "replace")
    if len(_LINK.findall(source)) > _FEW_LINKS:
        return None
    text = fold(html.unescape(_TAG.sub(" ", _UNREAD.sub(" ", source))))
    if len(text) > _MOST_TEXT:
        return None
    named = _WAIT.search(text)
    if named is None or not (_GUARD.search(source) or _REFUSES.search(text) or _loads_itself_again(source)):
        return None
    return float(named[1])


def _loads_itself_again(source: str) -> bool:
    refreshes = _REFRESH.findall(source)
    return any("url" not in refresh.lower() for refresh in refreshes) or bool(_RELOAD.search(source))
