"""Two portals of block themes: addresses by category and name, and addresses by number."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import ClassVar

from wardcrawler.replica.families.family import Family, FamilyPortal, FamilyTrap, Publication, slug_of
from wardcrawler.replica.portals import NEWS, NOTICES, REFORM
from wardcrawler.replica.texts.stories import slug

Query = dict[str, str]
"""What WordPress takes a request for: ``p``, ``page_id``, ``cat``, ``paged``, ``rest_route`` …"""

CATEGORIES = {NEWS: 2, NOTICES: 5, REFORM: 7}
"""The number of each section, which is a category."""
PAGES = {
    9: ("Giới thiệu", "Phường có chín khu phố; mỗi khu phố có một nhà văn hóa, mở cửa đến 21 giờ."),
    11: ("Liên hệ", "Trụ sở làm việc từ thứ hai đến sáng thứ bảy; đường dây nóng trực cả ngày nghỉ."),
    12: ("Sơ đồ tổ chức", "Văn phòng, Ban Tiếp công dân, bộ phận một cửa và các bộ phận chuyên môn."),
}
"""Static pages by number: no news, and WordPress lists them nowhere among the posts."""


class BlockThemeFamily(Family):
    """``/<category>/<name>/``, a menu of categories; everything else under paths of its own."""

    portal = FamilyPortal(
        name="wordpress-blocks",
        title="UBND Phường 61, Quận Bến Thành Mẫu",
        level="ward",
        province="hcm",
        variant="wordpress",
        ward=61,
        page_size=10,
        sections={name: f"/category/{slug(name, keep_d=True)}/" for name in CATEGORIES},
        counts={NEWS: 23, NOTICES: 12, REFORM: 8},
    )
    traps = (
        FamilyTrap("sticky", NEWS, 14, "article", "stands first on the home page, and again in its place"),
        FamilyTrap("edited", NEWS, 3, "article", "was edited a year later: only the REST list says so"),
        FamilyTrap("password", NOTICES, 4, "protected", "its page is a form that asks for a password"),
    )
    never = ("wp-login", "wp-admin", "xmlrpc", "replytocom", "/author/", "wp-comments-post")
    menu_of_categories: ClassVar[bool] = True
    rewrites: ClassVar[bool] = True
    """Whether the web server hands addresses on that are no files, ``robots.txt`` among them."""
    rest: ClassVar[str] = "/wp-json/"

    @cached_property
    def posts(self) -> tuple[Publication, ...]:
        """Return all that is published, newest first."""
        every = (each for texts in self.sections.values() for each in texts)
        return tuple(sorted(every, key=lambda each: (each.published, each.number), reverse=True))

    def address(self, publication: Publication) -> str:
        """Return the category's and the post's names as folders."""
        return f"/{slug(publication.section, keep_d=True)}/{slug_of(publication)}/"

    def short_address(self, publication: Publication) -> str:
        """Return the address by number, which every post has."""
        return f"/?p={publication.number}"

    def page_address(self, number: int) -> str:
        """Return the address of a static page."""
        return f"/{slug(PAGES[number][0], keep_d=True)}/"

    def list_address(self, section: str | None, number: int) -> str:
        """Return the address of a page of a category, or of the home page where there is no section."""
        path = self.portal.sections[section] if section else "/"
        return path if number == 1 else f"{path}page/{number}/"

    def sitemap_address(self, *parts: str) -> str:
        """Return the address of the sitemap index, or of the first sitemap of a kind."""
        return f"/wp-sitemap-{'-'.join(parts)}-1.xml" if parts else "/wp-sitemap.xml"

    def feed_address(self, section: str | None) -> str:
        """Return the address of the feed of everything or of one category."""
        return f"{self.list_address(section, 1)}feed/"

    def rest_address(self, route: str, query: str = "") -> str:
        """Return the address of a REST route without its first slash."""
        return f"{self.rest}{route}{'?' if query else ''}{query}"

    def query(self, path: str, given: Mapping[str, str]) -> Query | None:
        """Read what is asked for out of an address, not escaped; None for what there is not."""
        if path in ("/", "/index.php"):
            return dict(given)
        if path.startswith(self.rest):
            return {"rest_route": path.removeprefix(self.rest.rstrip("/"))} | dict(given)
        if path in self._fixed:
            return self._fixed[path] | dict(given)
        before, _, number = path.rstrip("/").rpartition("/page/")
        if number.isascii() and number.isdigit() and f"{before}/" in self._fixed:
            return self._fixed[f"{before}/"] | {"paged": number}
        return None

    @cached_property
    def _fixed(self) -> dict[str, Query]:
        """Return the addresses that are known beforehand, and what each means."""
        found: dict[str, Query] = {"/": {}, "/feed/": {"feed": "rss2"}}
        for section, path in self.portal.sections.items():
            found[path] = {"cat": str(CATEGORIES[section])}
            found[f"{path}feed/"] = {"cat": str(CATEGORIES[section]), "feed": "rss2"}
        found |= {self.address(each): {"p": str(each.number)} for each in self.posts}
        found |= {self.page_address(number): {"page_id": str(number)} for number in PAGES}
        found["/wp-sitemap.xml"] = {"sitemap": "index"}
        for parts in SITEMAPS:
            kind, subtype = (*parts, "")[:2]
            found[self.sitemap_address(*parts)] = {"sitemap": kind, "sitemap-subtype": subtype}
        return found


class PlainAddressesFamily(BlockThemeFamily):
    """``/?p=<number>`` on a server that rewrites nothing; the menu is a theme's own, of static pages."""

    portal = FamilyPortal(
        name="wordpress-plain",
        title="UBND Phường 62, Quận Bến Thành Mẫu",
        level="ward",
        province="hcm",
        variant="wordpress",
        ward=62,
        page_size=10,
        sections={name: f"/?cat={number}" for name, number in CATEGORIES.items()},
        counts={NEWS: 17, NOTICES: 11, REFORM: 6},
    )
    traps = (
        FamilyTrap("sticky", NEWS, 12, "article", "stands first on the home page, and again in its place"),
        FamilyTrap("edited", NEWS, 2, "article", "was edited a year later: only the REST list says so"),
        FamilyTrap("password", NOTICES, 3, "protected", "its page is a form that asks for a password"),
    )
    menu_of_categories = False
    rewrites = False
    rest = "/index.php?rest_route=/"

    def address(self, publication: Publication) -> str:
        """Return the address by number."""
        return self.short_address(publication)

    def page_address(self, number: int) -> str:
        """Return the address by number."""
        return f"/?page_id={number}"

    def list_address(self, section: str | None, number: int) -> str:
        """Return everything as fields of a query."""
        fields = [f"cat={CATEGORIES[section]}"] if section else []
        fields += [f"paged={number}"] if number > 1 else []
        return "/?" + "&".join(fields) if fields else "/"

    def sitemap_address(self, *parts: str) -> str:
        """Return everything as fields of a query."""
        if not parts:
            return "/?sitemap=index"
        kind, subtype = (*parts, "")[:2]
        return f"/?sitemap={kind}" + (f"&sitemap-subtype={subtype}" if subtype else "") + "&paged=1"

    def feed_address(self, section: str | None) -> str:
        """Return everything as fields of a query."""
        return "/?feed=rss2" + (f"&cat={CATEGORIES[section]}" if section else "")

    def rest_address(self, route: str, query: str = "") -> str:
        """Return the route as a field of a query."""
        return f"{self.rest}{route}{'&' if query else ''}{query}"

    def query(self, path: str, given: Mapping[str, str]) -> Query | None:
        """Take the fields as they are: no path means anything."""
        return dict(given) if path in ("/", "/index.php") else None


SITEMAPS = (("posts", "post"), ("posts", "page"), ("taxonomies", "category"), ("users",))
"""What WordPress has sitemaps of."""


def by_number(posts: Iterable[Publication], number: str | None) -> Publication | None:
    """Return the post of that number, or None."""
    return next((each for each in posts if str(each.number) == number), None)
