"""The variants of one WordPress that are crawled: looks, forms of addresses, front pages."""

from dataclasses import dataclass

PLAIN = ""
BY_CATEGORY = "/%category%/%postname%/"
BY_MONTH = "/%year%/%monthnum%/%postname%/"
BY_INDEX = "/index.php/archives/%post_id%"


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to set WordPress up.

    ``permalinks`` is the structure of post addresses (empty: ``?p=`` and the number), ``folder`` the path
    that everything lives under. With ``static_front`` the home page is a page; posts are listed elsewhere.
    Without ``menu`` the site shows what a theme shows by itself: a block theme the static pages.
    Without ``rewrites`` the web server answers 404 where no file is, ``robots.txt`` and ``wp-json`` too.
    """

    name: str
    theme: str
    permalinks: str
    static_front: bool = False
    menu: bool = True
    rewrites: bool = True
    folder: str = ""


VARIANTS = (
    Variant("blocks-plain", "twentytwentythree", PLAIN, menu=False, rewrites=False),
    Variant("blocks-category", "twentytwentythree", BY_CATEGORY),
    Variant("blocks-static-front", "twentytwentythree", BY_MONTH, static_front=True),
    Variant("blocks-index-php", "twentytwentytwo", BY_INDEX, menu=False, rewrites=False),
    Variant("classic-plain", "twentytwentyone", PLAIN, rewrites=False),
    Variant("classic-category", "twentytwentyone", BY_CATEGORY),
    Variant("classic-static-front", "twentytwentyone", PLAIN, static_front=True, menu=False),
    Variant("classic-folder", "twentytwentyone", BY_MONTH, folder="/cong"),
)
