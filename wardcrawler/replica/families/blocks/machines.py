"""What WordPress publishes for machines besides REST: sitemaps, feeds and robots.txt."""

from collections.abc import Callable, Sequence
from datetime import UTC
from email.utils import format_datetime
from html import escape

from wardcrawler.replica.answers import Answer
from wardcrawler.replica.families.blocks.family import PAGES, SITEMAPS, BlockThemeFamily, Query
from wardcrawler.replica.families.family import Publication, lead, title

Link = Callable[[str], str]
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in (
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("atom", "http://www.w3.org/2005/Atom"),
    )
)


def robots(family: BlockThemeFamily, link: Link) -> str:
    """Return robots.txt, which WordPress writes itself."""
    return (
        "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\n"
        f"Sitemap: {link(family.sitemap_address())}\n"
    )


def sitemap(family: BlockThemeFamily, link: Link, query: Query) -> Answer | None:
    """Return the index of sitemaps, or the sitemap of one kind; None for a kind there is not."""
    kind, subtype = query["sitemap"], query.get("sitemap-subtype", "")
    if kind == "index":
        return _xml("sitemapindex", "sitemap", [link(family.sitemap_address(*parts)) for parts in SITEMAPS])
    match kind, subtype:
        case "posts", "post":
            addresses = [family.address(each) for each in family.posts if each.trap != "password"]
        case "posts", "page":
            addresses = ["/", *map(family.page_address, PAGES)]
        case "taxonomies", "category":
            addresses = list(family.portal.sections.values())
        case "users", _:
            addresses = ["/author/ban-bien-tap/"]
        case _:
            return None
    return _xml("urlset", "url", map_all(link, addresses))


def map_all(link: Link, addresses: Sequence[str]) -> list[str]:
    """Return all addresses whole."""
    return [link(each) for each in addresses]


def feed(family: BlockThemeFamily, link: Link, section: str | None, posts: Sequence[Publication]) -> Answer:
    """Return the newest posts as RSS, with their whole texts."""
    name = f"{escape(section)} &#8211; {family.portal.title}" if section else family.portal.title
    items = "\n".join(
        f"<item>\n<title>{title(each)}</title>\n<link>{escape(link(family.address(each)))}</link>\n"
        f"<dc:creator><![CDATA[ban-bien-tap]]></dc:creator>\n"
        f"<pubDate>{format_datetime(each.published.astimezone(UTC))}</pubDate>\n"
        f"<category><![CDATA[{each.section}]]></category>\n"
        f'<guid isPermaLink="false">{link(family.short_address(each))}</guid>\n'
        f"<description><![CDATA[{lead(each)[:220]} [&#8230;]]]></description>\n"
        f"<content:encoded><![CDATA[{family.text(each)}]]></content:encoded>\n</item>"
        for each in posts[: family.portal.page_size]
        if each.trap != "password"
    )
    text = (
        f'{_HEAD}<rss version="2.0" {_NAMESPACES}>\n<channel>\n<title>{name}</title>\n'
        f'<atom:link href="{escape(link(family.feed_address(section)))}" rel="self" '
        f'type="application/rss+xml" />\n<link>{link("/")}</link>\n<description></description>\n'
        "<language>vi</language>\n<generator>https://wordpress.org/?v=6.1.9</generator>\n"
        f"{items}\n</channel>\n</rss>\n"
    )
    return Answer(200, (text.encode(),), "application/rss+xml; charset=UTF-8")


def _xml(root: str, tag: str, addresses: Sequence[str]) -> Answer:
    lines = "".join(f"<{tag}><loc>{escape(each)}</loc></{tag}>" for each in addresses)
    text = f'{_HEAD}<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</{root}>\n'
    return Answer(200, (text.encode(),), "application/xml; charset=UTF-8")
