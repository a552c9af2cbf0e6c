"""WordPress: HTML, the REST list of posts and feeds.

Markup and URLs: WordPress's template tags and default themes, REST API ``wp/v2/posts``, RSS 2.0 feeds;
portals: phuongbenthanh.gov.vn, phuongtanphuoc.gov.vn, cuclamnghiep.gov.vn.
"""

import html
import json
import re
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit, urlunsplit

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.feeds import list_document
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.extraction.page_numbers import number_in_path, number_in_query
from wardcrawler.extraction.refusals import refuse_protected
from wardcrawler.extraction.selectors import select
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.wordpress_themes import WordPressThemes

_POSTS = re.compile(r"/wp/v2/(?:posts|[a-z][\w-]*)/?$")
_NUMBER = re.compile(r"[1-9]\d{0,11}")
# First steps of addresses that are lists, files or the system's.
_NO_POSTS = frozenset((
    "category", "tag", "author", "page", "search", "feed", "comments", "wp-json", "wp-content", "wp-includes",
    "wp-admin", "chuyen-muc", "danh-muc", "the", "tac-gia",
))  # fmt: skip
_NO_POST_SITEMAP = re.compile(
    r"wp-sitemap-(?:posts-(?:page|attachment)|taxonomies|users)\b"
    r"|(?:page|attachment|category|post_tag|tag|author|post_format|local)-sitemap\d*\."
)
# The same behind a folder or a prefix of the portal's own, where its categories may bear the others' names.
_NO_POSTS_BELOW = frozenset((
    "category", "tag", "author", "chuyen-muc", "danh-muc", "wp-json", "wp-content", "wp-includes",
))  # fmt: skip
_FILE = re.compile(r"\.(?!html?$)\w{2,5}$")
_DAYS = re.compile(r"(?:^|/)(?:19|20)\d\d/(?:0?[1-9]|1[0-2])(?:/\d{1,2})?")
_PART_PARAMETER = re.compile("page")
_PART_STEP = re.compile(r"/([1-9]\d{0,2})")
_POSTS_A_PAGE = 10
_POST = "ul.feed > li"


class WordPress(WordPressThemes):
    """Posts of any theme that uses WordPress's own class names.

    A section is a category's page (``/category/tin-tuc/``), its feed (``/category/tin-tuc/feed/``, the latest
    posts only) or its REST list (``/wp-json/wp/v2/posts?categories=5&per_page=20``).
    """

    name = "wordpress"
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(50, "generator WordPress", selector="meta[name='generator'][content^='WordPress']"),
        Mark(40, "REST API link", selector="link[rel='https://api.w.org/']"),
        Mark(40, "WordPress's scripts and themes", script=r"/wp-content/(?:themes|plugins)/|/wp-includes/"),
        Mark(
            20,
            "post markup",
            selector="*.entry-content, *.entry-title, body.single-post, body.archive.category",
        ),
        Mark(5, "address", address=r"^(?:/wp)?/(?:category|tag|wp-json)/|[?&]p=\d+"),
    )

    keys_are_certain = False
    listing_selectors: ClassVar[tuple[str, ...]] = ("body.archive", "body.blog", "body.search")
    item_selectors: ClassVar[tuple[str, ...]] = (
        "h2.wp-block-post-title a",
        "h3.wp-block-post-title a",
        "h2.entry-title a",
        "h3.entry-title a",
        "h1.entry-title a",
        "*.post-title a",
        "h3.td-module-title a",
        "article h2 a",
        "article h3 a",
        "article a[rel='bookmark']",
        "article p > a:has(span.screen-reader-text)",  # "Continue reading", all that an aside has for a title
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = (
        "time.entry-date",
        "time",
        "span.entry-date",
        "span.post-date",
        "span.posted-on",
    )
    page_parameter = "paged"
    page_path = r"/page/(\d+)/?$"
    neutral_parameters: ClassVar[tuple[str, ...]] = (
        *Platform.neutral_parameters,
        r"replytocom|share|nb|amp|noamp|doing_wp_cron|relatedposts\w*",
    )
    trap_paths: ClassVar[tuple[str, ...]] = (
        *Platform.trap_paths,
        r"/(?:xmlrpc|wp-cron|wp-comments-post|wp-trackback)\.php$|/(?:trackback|embed)/?$",
        r"/(?:author|comments|search)(?:/|$)",
    )
    trap_parameters: ClassVar[tuple[str, ...]] = (
        *Platform.trap_parameters,
        r"(?:s|author|feed|preview|attachment_id|action|_wpnonce|add-to-cart)=.*",
    )

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the number of a plain address, else the path: permanent links are whatever a portal chose.

        - ``/?p=123``, ``/archives/123`` → ``?p=123``
        - ``/2023/06/ra-quan/``, ``/ra-quan.html``, ``/wp/tin-tuc/ra-quan/`` → the path, as it is
        - ``/ra-quan/amp/``, ``/ra-quan/?share=zalo`` → ``ra-quan``

        Lists (``/category/…``, ``/2023/06/``, ``/…/page/2/``, also behind a folder or a prefix such as
        ``/cong``, ``/archives``) and files are none. A section under a name of its own (``/tin-tuc/``) looks
        like a post; its page says it is none.
        """
        if urls.absolute(url, url) is None:  # else "mailto:…" were a path
            return None
        segments = urls.path_segments(url)
        numbers = [value for name, value in urls.query_parameters(url) if name == "p" and value]
        if numbers:
            return f"?p={numbers[0]}" if _NUMBER.fullmatch(numbers[0]) else None
        steps = segments[:-1] if segments[-1:] == ["amp"] else segments
        named = steps[1:] if steps[:1] == ["wp"] else steps
        if named[:1] == ["archives"] and len(named) == 2 and _NUMBER.fullmatch(named[1]):
            return f"?p={named[1]}"
        return "/".join(steps) if named and not _is_no_post(named) else None

    @classmethod
    def canonical(cls, url: str) -> str:
        """Return ``url`` as on any platform, and without the ending of the view for telephones."""
        return re.sub(r"/amp/?$", "/", super().canonical(url))

    @classmethod
    def part_number(cls, first: str, address: str) -> int | None:
        """Return the number behind ``/ra-quan/2/`` or in ``/?p=123&page=2``."""
        return number_in_query(first, address, _PART_PARAMETER) or number_in_path(first, address, _PART_STEP)

    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement:
        """Parse a REST list or a feed as a document with a link and a date for each post; anything else as it
        is.

        Raises :class:`NotAnArticle` with the reason ``not-html`` for JSON of another form, an error of the
        REST API included, and for XML that cannot be read.
        """
        if raw.lstrip(b" \t\r\n\xef\xbb\xbf").startswith((b"[", b"{")):
            return list_document(map(_post, _posts(raw)))
        return super().read_listing(raw, charset)

    @classmethod
    def next_listing(cls, document: HtmlElement, url: str, asked: ListingRequest) -> ListingRequest | None:
        """Return the page after: by link on pages, by ``offset`` on a REST list as long as it is full.

        Behind the last post an offset finds nothing, where a page number behind the last is an error. A feed
        is one page.
        """
        if _asks_for_posts(asked.url):
            return _next_posts(sum(1 for _ in select(document, (_POST,))), asked)
        return super().next_listing(document, url, asked)

    @classmethod
    def sitemap_may_list_articles(cls, url: str) -> bool:
        """Tell it by the name: ``wp-sitemap-posts-post-1.xml`` (WordPress), ``post-sitemap2.xml`` (Yoast,
        Rank Math), also of kinds of posts that a portal made itself; not those of pages, categories, tags
        and accounts.
        """
        name = urlsplit(url).path.rpartition("/")[2]
        return not _NO_POST_SITEMAP.match(name)

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for any platform. Pages that name themselves lists are refused as ``listing``, whatever
        they show, pages of a legal document as ``document``.
        """
        lists = ("body.archive", "body.blog:not(.single)", "body.home", "body.search")
        if next(select(document, lists), None) is not None:
            raise NotAnArticle("listing", f"{len(cls.article_links(document, url))} article links")
        refuse_protected(document)
        return super().parse_article(document, url)

    @classmethod
    def _is_of_one_article(cls, document: HtmlElement, url: str) -> bool:
        """Return whether the page is a post's; sections have addresses like posts."""
        return (cls.article_key(url) or "").startswith("?p=") or cls._is_detail(document)


def _is_no_post(steps: list[str]) -> bool:
    """Return whether a path is that of a list, of a file or of the system."""
    if steps[0] in _NO_POSTS or not _NO_POSTS_BELOW.isdisjoint(steps[1:-1]):
        return True
    if "page" in steps or steps[-1] == "feed" or _FILE.search(steps[-1]):
        return True
    is_day = any(_DAYS.fullmatch("/".join(steps[-count:])) for count in (2, 3))
    return is_day or all(step.isdigit() for step in steps)


def _posts(raw: bytes) -> list[dict[str, Any]]:
    """Return the posts of a REST answer. Raises :class:`NotAnArticle` (``not-html``) for anything else."""
    try:
        answer: Any = json.loads(raw.decode("utf-8-sig", "replace"))
    except ValueError as error:
        raise NotAnArticle("not-html", f"JSON that cannot be read: {error}") from None
    if not isinstance(answer, list) or not all(isinstance(post, dict) for post in answer):
        words = answer.get("message") if isinstance(answer, dict) else None
        raise NotAnArticle("not-html", f"JSON that lists no posts: {words or raw[:80]!r}")
    return answer


def _post(post: dict[str, Any]) -> tuple[str, str, str]:
    """Return URL, title and local time of a REST post."""
    title = post.get("title")
    rendered = title.get("rendered") if isinstance(title, dict) else title
    return str(post.get("link") or ""), html.unescape(str(rendered or "")), str(post.get("date") or "")


def _asks_for_posts(url: str) -> bool:
    """Return whether ``url`` is a REST list of posts: ``/wp-json/wp/v2/posts``, or ``?rest_route=`` where a
    site has no permanent links.
    """
    route = dict(urls.query_parameters(url)).get("rest_route")
    return _POSTS.search(unquote(route) if route else urlsplit(url).path) is not None


def _next_posts(found: int, asked: ListingRequest) -> ListingRequest | None:
    """Return the request for the posts behind those that ``asked`` brought; None where it brought fewer than
    it may.
    """
    given = dict(urls.query_parameters(asked.url))
    numbers = {
        name: int(given[name]) for name in ("per_page", "offset", "page") if given.get(name, "").isdecimal()
    }
    most = numbers.get("per_page", _POSTS_A_PAGE)
    if found < most or most < 1:
        return None
    offset = numbers.get("offset", (numbers.get("page", 1) - 1) * most) + most
    query = [f"{name}={value}" for name, value in given.items() if name not in ("offset", "page")]
    parts = urlsplit(asked.url)
    address = urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join([*query, f"offset={offset}"]), ""))
    return ListingRequest(address, page=asked.page + 1)
