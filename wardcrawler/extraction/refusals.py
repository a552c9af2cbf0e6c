"""Pages to refuse, though an article's URL brings them with status 200.

Stubs that a guard, a proxy or a broken server sends instead of the page asked for, and pages of one legal
document: a table of its number, date and signer, and the file.
"""

import re
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import UNREAD, Line, collapse, lines_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.selectors import select
from wardcrawler.items import NotAnArticle

_STUB = 300  # characters of visible text; every real page of a portal has more in its menus
_NOTICE = 3000  # what a guard's own page may say
_FEW_LINKS = 3

_BLOCKED = re.compile(
    r"request rejected|attention required! \| cloudflare|access denied|403 forbidden|forbidden"
    r"|error: the request could not be satisfied|web page blocked!?|blocked",
    re.IGNORECASE,
)
_BLOCKED_WORDS = re.compile(  # F5 BIG-IP ASM, FortiWeb
    r"the requested url was rejected\. please consult with your administrator|your support id is"
    r"|the page cannot be displayed\. please contact the administrator|attack id:",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment\.*|checking your browser.*|ddos-guard|verifying you are human.*", re.IGNORECASE
)
_CHALLENGE_SCRIPT = re.compile(
    r"\bD1N\b|/cdn-cgi/challenge-platform|_cf_chl_opt|slowAES\.decrypt|/_Incapsula_Resource"
)
_SETS_COOKIE = re.compile(r"document\.cookie\s*=")
_RELOADS = re.compile(
    r"location\s*\.\s*(?:reload|replace|assign)\s*\(|location(?:\s*\.\s*href)?\s*=(?!=)|\.submit\s*\(\s*\)"
)
_SERVER_ERROR = re.compile(
    r"(?:http )?(?:status )?(?:400|404|500|502|503|504)\b.*|bad gateway|service (?:temporarily )?unavailable"
    r"|internal server error|gateway time-?out|not found|error( page)?|under maintenance"
    r"|(?:hệ thống )?đang bảo trì",
    re.IGNORECASE,
)
_scripts = XPath("//script")
_refreshes = XPath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']")
_links = XPath("//a[@href]")
# A legal document's rows; each label begins a line of its own, where a list of documents has both in one.
_DOCUMENT_LABELS = (
    re.compile(r"(?:số(?:\s*/\s*|\s+)ký hiệu|số hiệu)(?: văn bản)?\s*(?:[:|].*)?"),
    re.compile(r"(?:ngày ban hành|ngày ký)\s*(?:[:|].*)?"),
)
_substance = XPath("boolean(//img or //iframe or //frame or //embed or //object or //video)")


def refuse_stub(document: HtmlElement, url: str) -> None:
    """Raise :class:`NotAnArticle` if the page is none of the portal's own.

    ``challenge``: sets a cookie and reloads (``D1N`` and its like), asks the browser to wait, or sends it on
    at once; ``blocked``: a guard's refusal (F5 "Request Rejected", Cloudflare, FortiWeb); ``soft-error``: a
    server's error text or next to nothing. Pages with more than a notice's worth of text (3,000 characters)
    are never refused.
    """
    text = visible_text(document, _NOTICE)
    if len(text) >= _NOTICE:
        return
    titles = _titles(document)
    scripts = "\n".join(
        f"{script.get('src') or ''} {script.text or ''}" for script in _elements(_scripts, document)
    )
    few_links = len(_elements(_links, document)) <= _FEW_LINKS
    title = next((title for title in titles if title), "")
    if few_links and (any(map(_BLOCKED.fullmatch, titles)) or _BLOCKED_WORDS.search(text)):
        raise NotAnArticle("blocked", f"a guard's page: {title or text[:80]!r}")
    if few_links and any(map(_CHALLENGE.fullmatch, titles)):
        raise NotAnArticle("challenge", f"a browser check: {title!r}")
    if len(text) >= _STUB or not few_links:
        return
    if _CHALLENGE_SCRIPT.search(scripts):
        raise NotAnArticle("challenge", "a script that tests the browser, and next to no text")
    if _SETS_COOKIE.search(scripts) and _RELOADS.search(scripts):
        raise NotAnArticle("challenge", "a script that sets a cookie and loads the page again")
    if any(map(_SERVER_ERROR.fullmatch, titles)):
        raise NotAnArticle("soft-error", f"an error page with status 200: {title!r}")
    has_substance = bool(_substance(document))
    for refresh in _elements(_refreshes, document):
        if not has_substance and "url" in (refresh.get("content") or "").lower():
            raise NotAnArticle(
                "soft-error", f"a page that only sends on: {refresh.get('content')!r} at {url}"
            )
    if _RELOADS.search(scripts) and not has_substance and len(text.split()) <= 5:
        raise NotAnArticle("challenge", "nothing but a script that loads another page")
    if len(text.split()) <= 5 and not has_substance:
        raise NotAnArticle("soft-error", f"next to no text: {text!r}")


def refuse_protected(document: HtmlElement) -> None:
    """Raise :class:`NotAnArticle` (``protected``) for a page that asks for a password in the place of a text,
    as WordPress's do for posts that are not for everybody.
    """
    forms = ("form.post-password-form", "form[action*='action=postpass']")
    if next(select(document, forms), None) is not None:
        raise NotAnArticle("protected", "a text for those who know its password")


def is_legal_document(scope: HtmlElement) -> bool:
    """Return whether ``scope`` describes one legal document: a row for its number ("Số ký hiệu") and one for
    its date of issue ("Ngày ban hành"). A list of documents inside an article, with both at the head of a
    table, does not.
    """
    return is_legal_text(lines_of(scope))


def is_legal_text(lines: list[Line]) -> bool:
    """Return the same as :func:`is_legal_document`, of lines that are read already."""
    names = [comparable(line.text) for line in lines]
    return all(any(label.fullmatch(name) for name in names) for label in _DOCUMENT_LABELS)


def _elements(xpath: XPath, document: HtmlElement) -> list[HtmlElement]:
    return cast("list[HtmlElement]", xpath(document))


def _titles(document: HtmlElement) -> list[str]:
    return [collapse(element.text_content()) for element in document.iter("title", "h1")]


def visible_text(document: HtmlElement, enough: int) -> str:
    """Return the page's text outside of scripts and head, at least ``enough`` characters of it
    if there are.
    """
    pieces: list[str] = []
    length = 0
    waiting: list[tuple[HtmlElement, bool]] = [(document, False)]
    while waiting and length < enough:
        element, is_end = waiting.pop()
        piece = element.tail if is_end else element.text if _is_read(element) else None
        if piece and not piece.isspace():
            pieces.append(piece)
            length += len(piece)
        if not is_end and _is_read(element):
            for child in reversed(element):
                waiting += ((child, True), (child, False))
    return collapse(" ".join(pieces))


def _is_read(element: HtmlElement) -> bool:
    return element.tag not in UNREAD or element.tag == "noframes"
