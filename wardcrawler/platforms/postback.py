"""Listings of ASP.NET Web Forms, whose pagers send the form of the page back (``__doPostBack``).

Seen on khanhhoa.gov.vn; any Web Forms or SharePoint portal may page so.
"""

import re
from urllib.parse import unquote

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.urls import addresses
from wardcrawler.platforms.base import Platform

_CALL = re.compile(r"\s*javascript:\s*__doPostBack\(\s*'([^'\\]*)'\s*,\s*'([^'\\]*)'\s*\)", re.IGNORECASE)
_CALENDAR = re.compile(r"calendar|lich", re.IGNORECASE)  # its days are numbers too
_NEXT = frozenset(("tiếp", "tiếp theo", "trang tiếp", "trang sau", "sau", "next", "›", ">"))
_MORE = ("...", "…")


class PostBack(Platform):
    """A platform whose listings go on by address or else by posting back."""

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """The page after: an address where the pager has one, else the form as the pager sends it back."""
        following = None if asked.form else super().next_listing(document, url, asked)
        return following or post_back(document, url, asked.page + 1)


def post_back(document: HtmlElement, url: str, page: int) -> ListingRequest | None:
    """The form that a click on page ``page`` of a pager sends, or None where no pager leads there.

    The link is the one whose text is the number; else "Tiếp" and the like; else the "..." that ends a row of
    numbers. The fields are the hidden ones of the form, ``__VIEWSTATE`` among them.
    """
    calls = [
        (comparable(text_of(link)), call[1], call[2], link)
        for link in select(document, ("a[href*='__doPostBack']",))
        if (call := _CALL.match(unquote(link.get("href") or ""))) and not _CALENDAR.search(call[1])
    ]
    chosen = next((call for call in calls if call[0] == str(page)), None)
    chosen = chosen or next((call for call in calls if call[0] in _NEXT), None)
    if chosen is None and calls and calls[-1][0] in _MORE:
        numbers = [int(call[0]) for call in calls if call[0].isascii() and call[0].isdigit()]
        chosen = calls[-1] if numbers and max(numbers) < page else None
    if chosen is None:
        return None
    _, target, argument, link = chosen
    form = next(link.iterancestors("form"), None)
    fields = {} if form is None else _hidden(form)
    if form is None or "__VIEWSTATE" not in fields:
        return None
    fields.update({"__EVENTTARGET": target, "__EVENTARGUMENT": argument})
    address = addresses.absolute(form.get("action"), addresses.base_address(document, url)) or url
    return ListingRequest(address, tuple(fields.items()), page)


def is_page_call(href: str) -> bool:
    """Whether ``href`` posts back, and not for a day of a calendar."""
    call = _CALL.match(unquote(href))
    return call is not None and not _CALENDAR.search(call[1])


def _hidden(form: HtmlElement) -> dict[str, str]:
    return {
        name: field.get("value") or ""
        for field in form.iterdescendants("input")
        if (field.get("type") or "").lower() == "hidden" and (name := field.get("name"))
    }
