"""Everything on the replica that a crawler can stumble over, as one table.

Outcomes:

- ``article``: the page becomes an article, undated, empty or mangled as ``words`` says;
- ``same page``: a further address of an article listed elsewhere, one page in the store;
- ``same text``: a page of its own whose text is an article's of another portal, one article in the store;
- ``never``: the address must not be asked for at all;
- anything else: why the address brings no article. ``challenge``, ``blocked``, ``soft-error``, ``empty``,
  ``not-html`` and ``listing`` are reasons of :class:`wardcrawler.items.NotAnArticle`; ``http-404``,
  ``http-500``, ``redirect-loop``, ``offsite`` and ``robots`` are said by the crawler.

Besides, every page has menus of 120 links, a clock with today's date, dated links to other articles beside
the text, banners in ``journal-content-article`` elements, login, print, export and calendar links; the
district sends a session cookie with every page.
"""

from dataclasses import dataclass
from datetime import datetime

from wardcrawler.replica.portals import NEWS, NOTICES, REFORM
from wardcrawler.text.dates import ICT

NEVER = (
    "lich-cong-tac", "p_p_lifecycle=1", "p_p_lifecycle=2", "pop_up", "viewMode=print", "/c/portal/",
    "/noi-bo/", "ngoai-pham-vi", "jsessionid", "redirect=",
)  # fmt: skip
"""No address with one of these in it may be asked for."""


@dataclass(frozen=True, slots=True)
class Trap:
    """A trap of a portal. ``on`` is the number of the ordinary article of the section that is changed (0 the
    newest); traps without it are entries of their own, published at ``at``.
    """

    name: str
    portal: str
    section: str
    outcome: str
    words: str
    on: int | None = None
    at: datetime | None = None


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ICT)


TRAPS = (
    # --- phuong-9 ---------------------------------------------------------------------------------------
    Trap("conference-report", "phuong-9", NEWS, "article",
         'the conference report with "null", two portlet titles, 25 "Zalo", uỷ/ủy, Ð and no date node',
         at=_at("2023-06-24T08:37")),
    Trap("second-address", "phuong-9", NEWS, "same page",
         "listed again under Thông báo by its asset_publisher address", on=4),
    Trap("locale-prefix", "phuong-9", NEWS, "same page", "listed a second time under /vi/", on=7),
    Trap("session-id", "phuong-9", NEWS, "same page", "listed a second time with ;jsessionid=", on=12),
    Trap("redirect-parameter", "phuong-9", NOTICES, "same page", "listed a second time with ?redirect=",
         on=2),
    Trap("no-date", "phuong-9", NEWS, "article", "no date node: published_at stays empty", on=9),
    Trap("future-date-in-text", "phuong-9", NOTICES, "article",
         "no date node, 31/12/2030 in the text: published_at stays empty", at=_at("2023-09-11T09:20")),
    Trap("attachment-only", "phuong-9", NOTICES, "article", "an empty body and one attached file",
         at=_at("2023-03-14T15:05")),
    Trap("unclosed-tags", "phuong-9", NEWS, "article",
         "no </p>, </li>, </td>, </span> or </strong> in the text", on=14),
    Trap("lying-charset", "phuong-9", NEWS, "article", "Content-Type says iso-8859-1, the bytes are UTF-8",
         on=16),
    Trap("missing", "phuong-9", NEWS, "http-404", "listed and gone", at=_at("2023-11-20T10:00")),
    Trap("flaky", "phuong-9", NEWS, "article", "status 500 at the first request, then the article", on=18),
    Trap("redirect-loop", "phuong-9", NEWS, "redirect-loop", "two addresses that send to each other",
         at=_at("2023-08-07T14:10")),
    Trap("challenge", "phuong-9", NOTICES, "challenge", "sets the cookie D1N by script and reloads",
         at=_at("2024-01-08T08:00")),
    Trap("disallowed", "phuong-9", NEWS, "robots", "listed, but robots.txt disallows /web/phuong9/noi-bo/",
         at=_at("2024-03-04T16:45")),
    Trap("calendar", "phuong-9", NOTICES, "never", "a listing line leads into the endless week calendar",
         at=_at("2024-02-05T07:30")),
    # --- phuong-10 --------------------------------------------------------------------------------------
    Trap("nfd-copy", "phuong-10", NEWS, "same text", "an article of phuong-9 in NFD",
         at=_at("2024-05-06T09:00")),
    Trap("tone-copy", "phuong-10", NEWS, "same text", "an article of phuong-9 spelled uỷ, hoà, thuỷ",
         at=_at("2024-01-25T09:30")),
    Trap("template-a", "phuong-9", NEWS, "article", "a report from a template both wards use",
         at=_at("2024-04-01T10:15")),
    Trap("template-b", "phuong-10", NEWS, "article",
         "the same report of the other ward, same title and words, other figures: a second article",
         at=_at("2024-04-01T16:20")),
    Trap("future-date-node", "phuong-10", NEWS, "article",
         "the date node says 2035: published_at stays empty", on=8),
    Trap("blocked", "phuong-10", NEWS, "blocked", 'a firewall\'s "Request Rejected" with status 200',
         at=_at("2023-10-02T08:25")),
    Trap("off-site", "phuong-10", NEWS, "offsite", "redirects to the district under the host name localhost",
         at=_at("2023-07-17T11:00")),
    Trap("pdf", "phuong-10", NOTICES, "not-html", "a PDF sent as text/html", at=_at("2023-08-28T10:40")),
    Trap("empty", "phuong-10", NOTICES, "empty", "status 200 and not one byte", at=_at("2024-02-19T15:00")),
    Trap("disallowed-10", "phuong-10", NOTICES, "robots",
         "listed, but robots.txt disallows /web/phuong10/noi-bo/ (and asks for Crawl-delay 0.05)",
         at=_at("2024-01-22T09:10")),
    # --- quan -------------------------------------------------------------------------------------------
    Trap("district-copy", "quan", NEWS, "same text", "an article of phuong-9 word for word",
         at=_at("2024-03-27T08:05")),
    Trap("redirect-only", "quan", REFORM, "article", "listed only with ?redirect=, as Liferay 6 does", on=3),
    Trap("same-title", "quan", NOTICES, "article", "a title that another article has too",
         at=_at("2023-08-25T09:00")),
    Trap("same-title-1", "quan", NOTICES, "article", "the other article; its slug ends in -1",
         at=_at("2024-04-22T09:00")),
    Trap("soft-error", "quan", NEWS, "soft-error", "a server's error text with status 200",
         at=_at("2023-09-25T13:30")),
    Trap("home", "quan", NEWS, "listing", "the home page with status 200 for a removed article",
         at=_at("2023-06-05T10:30")),
    Trap("listing", "quan", NOTICES, "listing", "the section's listing under an article's address",
         at=_at("2023-12-04T10:00")),
    Trap("link-local", "quan", NEWS, "offsite", "redirects to http://169.254.169.254/",
         at=_at("2024-02-26T14:00")),
    Trap("broken", "quan", NEWS, "http-500", "status 500 every time", at=_at("2024-01-15T14:40")),
    Trap("disallowed-quan", "quan", REFORM, "robots", "listed, but robots.txt disallows /web/quan/noi-bo/",
         at=_at("2024-04-09T09:45")),
    Trap("foreign-link", "quan", NEWS, "offsite", "a listing line that leads to another host",
         at=_at("2023-11-06T09:00")),
)  # fmt: skip
