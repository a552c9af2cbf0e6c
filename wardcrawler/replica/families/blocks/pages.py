"""The pages of a block theme, as Twenty Twenty-Three has them."""

from collections.abc import Callable, Sequence
from html import escape

from wardcrawler.replica.families.blocks.family import CATEGORIES, PAGES, BlockThemeFamily
from wardcrawler.replica.families.family import Publication, lead, title
from wardcrawler.replica.texts.stories import slug

Link = Callable[[str], str]
"""Makes an address of ours a whole one: WordPress prints no others."""

GROUP = "has-global-padding is-layout-constrained"
_STYLES = "\n".join(
    f"<style id='wp-block-{name}-inline-css'>\n.wp-block-{name}{{box-sizing:border-box;margin:0 0 1em}}\n"
    f".wp-block-{name} a:where(:not(.wp-element-button)){{text-decoration: none;}}\n</style>"
    for name in (
        "site-title", "page-list", "navigation", "group", "post-title", "post-content", "post-excerpt",
        "post-date", "post-terms", "post-author", "post-template", "query-pagination", "separator", "spacer",
        "columns", "comments", "buttons", "library", "query", "paragraph",
    )
)  # fmt: skip


class BlockThemePages:
    """The pages of one portal; ``link`` makes addresses whole."""

    def __init__(self, family: BlockThemeFamily, link: Link) -> None:
        self._family = family
        self._link = link

    def post(self, publication: Publication) -> str:
        """Return a post's page: date, category and account stand below the text."""
        family, url = self._family, self._href(self._family.address(publication))
        moment = publication.published
        category = self._href(family.list_address(publication.section, 1))
        if publication.trap == "password":
            text = (
                f'<form action="{self._href("/wp-login.php?action=postpass")}" class="post-password-form" '
                'method="post">\n<p>Nội dung này được bảo mật. Hãy nhập mật khẩu để xem tiếp:</p>\n'
                '<p><label>Mật khẩu: <input name="post_password" type="password" size="20" /></label></p>'
                "</form>"
            )
        else:
            text = family.text(publication)
        main = (
            f'<div class="{GROUP} wp-block-group">\n<h1 class="wp-block-post-title">{title(publication)}</h1>'
            f'\n</div>\n\n<div class="{GROUP} entry-content wp-block-post-content">{text}\n</div>\n'
            '<div class="wp-block-template-part">\n<hr class="wp-block-separator alignwide is-style-wide"/>\n'
            '<div class="is-layout-flex wp-block-columns has-small-font-size">'
            '<div class="wp-block-column">\n<p>\nPosted</p>\n'
            f'<div class="wp-block-post-date"><time datetime="{moment.isoformat()}">{moment:%d/%m/%Y}</time>'
            '</div>\n<p>\nin</p>\n<div class="taxonomy-category wp-block-post-terms">'
            f'<a href="{category}" rel="tag">{escape(publication.section)}</a></div>\n<p>\nby</p>\n'
            '<div class="wp-block-post-author"><div class="wp-block-post-author__content">'
            '<p class="wp-block-post-author__name">ban-bien-tap</p></div></div>\n</div></div>\n</div>\n'
            '<section class="wp-block-template-part"><div class="wp-block-comments"><h2>Bình luận</h2>'
            '<div id="respond" class="comment-respond wp-block-post-comments-form">'
            f'<h3 id="reply-title" class="comment-reply-title">Gửi phản hồi <small><a rel="nofollow" '
            f'href="{url}#respond">Hủy</a></small></h3><form action="{self._href("/wp-comments-post.php")}" '
            'method="post" id="commentform"><textarea name="comment"></textarea></form></div></div></section>'
        )
        head = (
            f"{self._api(f'posts/{publication.number}')}\n"
            f'<link rel="canonical" href="{url}" />\n'
            f"<link rel='shortlink' href='{self._href(family.short_address(publication))}' />"
        )
        body = f"post-template-default single single-post postid-{publication.number} single-format-standard"
        return self._page(f"{title(publication)} &#8211; {family.portal.title}", main, body, head)

    def static(self, number: int) -> str:
        """Return a static page: what a post's page is, without date and category."""
        name, text = PAGES[number]
        main = (
            f'<div class="{GROUP} wp-block-group">\n<h1 class="wp-block-post-title">{name}</h1>\n</div>\n'
            f'<div class="{GROUP} entry-content wp-block-post-content"><p>{text}</p>\n</div>'
        )
        body = f"page-template-default page page-id-{number}"
        head = self._api(f"pages/{number}")
        return self._page(f"{name} &#8211; {self._family.portal.title}", main, body, head)

    def listing(self, section: str | None, posts: Sequence[Publication], number: int, total: int) -> str:
        """Return a page of a category, or of the home page where there is no section."""
        family = self._family
        items = "".join(map(self._item, posts))
        before = after = ""
        if number > 1:
            before = (
                f'<a href="{self._href(family.list_address(section, number - 1))}" '
                'class="wp-block-query-pagination-previous"><span>←</span>Bài mới hơn</a>'
            )
        if number < total:
            after = (
                f'<a href="{self._href(family.list_address(section, number + 1))}" '
                'class="wp-block-query-pagination-next">Bài cũ hơn<span>→</span></a>'
            )
        heading = (
            f'<h1 class="alignwide wp-block-query-title">Danh mục: <span>{escape(section)}</span></h1>'
            if section
            else '<h1 class="alignwide">Tin từ phường</h1>'
        )
        main = (
            f'{heading}\n<div class="is-layout-flow wp-block-query alignwide">\n<ul class="is-layout-flow '
            f'is-flex-container columns-3 alignwide wp-block-post-template">{items}</ul>\n<nav '
            'class="is-layout-flex wp-block-query-pagination" aria-label="Pagination">\n'
            f"{before}\n{after}\n</nav>\n</div>"
        )
        number_of = CATEGORIES[section] if section else 0
        paged = f" paged paged-{number}" if number > 1 else ""
        name = f"archive category category-{number_of}" if section else "home blog"
        head = self._api(f"categories/{number_of}" if section else "")
        words = f"{escape(section)} &#8211; {family.portal.title}" if section else family.portal.title
        return self._page(words, main, f"{name}{paged}", head)

    def not_found(self) -> str:
        """Return the page that comes with 404."""
        main = (
            '<h1 class="wp-block-heading">404</h1><p>Không tìm thấy trang này.</p>'
            '<form role="search" method="get" class="wp-block-search"><input type="search" name="s" /></form>'
        )
        words = f"Không tìm thấy trang này &#8211; {self._family.portal.title}"
        return self._page(words, main, "error404", self._api(""))

    def _item(self, publication: Publication) -> str:
        url = self._href(self._family.address(publication))
        moment = publication.published
        excerpt = "" if publication.trap == "password" else f"{lead(publication)[:220]} [&hellip;]"
        sticky = " sticky" if publication.trap == "sticky" else ""
        return (
            f'<li class="wp-block-post post-{publication.number} post type-post status-publish '
            f'format-standard{sticky} hentry category-{slug(publication.section, keep_d=True)}">\n'
            f'<h2 class="wp-block-post-title"><a href="{url}" target="_self" >{title(publication)}</a></h2>\n'
            f'<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{excerpt} </p>'
            "</div>\n"
            f'<div class="wp-block-post-date"><time datetime="{moment.isoformat()}"><a href="{url}">'
            f'{moment:%d/%m/%Y}</a></time></div>\n<div class="wp-block-spacer"></div>\n</li>'
        )

    def _page(self, words: str, main: str, body: str, head: str) -> str:
        portal = self._family.portal
        site_title = (
            f'<p class="wp-block-site-title"><a href="{self._link("/").rstrip("/") or "/"}" target="_self" '
            f'rel="home">{portal.title}</a></p>'
        )
        feed = self._href(self._family.feed_address(None))
        return (
            '<!DOCTYPE html>\n<html lang="vi">\n<head>\n\t<meta charset="UTF-8" />\n'
            "<meta name='robots' content='max-image-preview:large' />\n"
            f'<title>{words}</title>\n<link rel="alternate" type="application/rss+xml" title="Dòng thông tin '
            f'{portal.title} &raquo;" href="{feed}" />\n{_STYLES}\n{head}\n'
            '<meta name="generator" content="WordPress 6.1.9" />\n</head>\n\n'
            f'<body class="{body} wp-embed-responsive">\n<div class="wp-site-blocks">'
            f'<header class="wp-block-template-part">{site_title}\n{self._menu()}</header>\n\n'
            f'<main class="is-layout-flow wp-block-group">\n{main}\n</main>\n\n'
            f'<footer class="wp-block-template-part">{site_title}\n<p class="has-text-align-right">'
            'Proudly powered by <a href="https://wordpress.org" rel="nofollow">WordPress</a></p></footer>\n'
            "</div>\n</body>\n</html>\n"
        )

    def _menu(self) -> str:
        family = self._family
        if family.menu_of_categories:
            lines = "".join(
                '<li class=" wp-block-navigation-item wp-block-navigation-link"><a '
                f'class="wp-block-navigation-item__content"  href="{self._href(path)}"><span '
                f'class="wp-block-navigation-item__label">{escape(name)}</span></a></li>'
                for name, path in family.portal.sections.items()
            )
            lines = f'<ul class="wp-block-navigation__container">{lines}</ul>'
        else:
            lines = "".join(
                '<li class="wp-block-pages-list__item wp-block-navigation-item open-on-hover-click"><a '
                'class="wp-block-pages-list__item__link wp-block-navigation-item__content" '
                f'href="{self._href(family.page_address(number))}">{name}</a></li>'
                for number, (name, _) in PAGES.items()
            )
            lines = f'<ul class="wp-block-page-list">{lines}</ul>'
        return f'<nav class="is-responsive wp-block-navigation" aria-label="">{lines}</nav>'

    def _api(self, route: str) -> str:
        family = self._family
        found = f'<link rel="https://api.w.org/" href="{self._href(family.rest_address(""))}" />'
        if route:
            own = self._href(family.rest_address(f"wp/v2/{route}"))
            found += f'<link rel="alternate" type="application/json" href="{own}" />'
        edit = self._href("/xmlrpc.php?rsd")
        return f'{found}<link rel="EditURI" type="application/rsd+xml" title="RSD" href="{edit}" />'

    def _href(self, address: str) -> str:
        """Return a whole address, escaped as WordPress escapes it."""
        return self._link(address).replace("&", "&#038;")
