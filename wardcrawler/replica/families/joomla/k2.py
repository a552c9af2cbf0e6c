"""Joomla with the K2 component: introduction and text apart, lists of users and days beside the articles."""

from wardcrawler.replica.families.family import WEEKDAYS, lead, name_of, pages, title
from wardcrawler.replica.families.joomla.joomla import JoomlaFamily
from wardcrawler.replica.families.portal import FamilyPortal, FamilyTrap, Listing, Publication
from wardcrawler.replica.portals import NEWS, NOTICES


class K2Family(JoomlaFamily):
    """``/tin-tuc/item/1814-<slug>``, pages by ``?start=``; behind the last page there is an empty one."""

    portal = FamilyPortal(
        name="joomla-k2",
        title="UBND Phường 55, Thành phố Hoa Lư Mẫu",
        level="ward",
        province="ninhbinh",
        variant="joomla-k2",
        ward=55,
        page_size=5,
        sections={NEWS: "/tin-tuc", NOTICES: "/thong-bao"},
        counts={NEWS: 16, NOTICES: 7},
    )
    first_number = 500
    head = (
        '<meta name="generator" content="Joomla! - Open Source Content Management" />\n'
        '<script src="/media/k2/assets/js/k2.frontend.js?v=2.11"></script>'
    )
    traps = (
        FamilyTrap("second-address", NEWS, 7, "same page", "listed a second time by component address"),
        FamilyTrap("document", NEWS, 10, "document", "a legal document as an item"),
        FamilyTrap("attachment-only", NOTICES, 2, "article", "no introduction, in the text only a file"),
    )
    never = (
        "tmpl=component",
        "format=feed",
        "print=1",
        "/itemlist/",
        "/item/download/",
        "com_mailto",
        "Itemid=",
    )

    def address(self, publication: Publication) -> str:
        """``/<category>/item/<id>-<slug>``."""
        section = self.portal.sections[publication.section]
        return f"{section}/item/{publication.number}-{name_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """As the component writes it, without the site's own names."""
        return f"/index.php?option=com_k2&view=item&id={publication.number}:{name_of(publication)}"

    def article(self, publication: Publication) -> str:
        """K2's own template: date, title, author; introduction and text; counters and links under it."""
        address, moment = self.address(publication), publication.published
        text = self.text(publication, without_lead=publication.trap in (None, "second-address"))
        return (
            f'<span id="startOfPageId{publication.number}"></span>\n'
            '<div id="k2Container" class="itemView"><div class="itemHeader"><span class="itemDateCreated">'
            f"{WEEKDAYS[moment.weekday()]}, {moment.day:02} Tháng {moment.month} {moment:%Y %H:%M}</span>\n"
            f'<h2 class="itemTitle">{title(publication)}</h2>\n<span class="itemAuthor">Viết bởi&nbsp; '
            '<a rel="author" href="/itemlist/user/62-vanphong">Super User</a></span></div>\n'
            f'<div class="itemToolbar"><a href="{address}?tmpl=component&amp;print=1">In</a> '
            '<a href="/component/mailto/?tmpl=component">Email</a></div>\n'
            f'<div class="itemBody"><div class="itemIntroText">{_paragraph(lead(publication))}</div>'
            f'<div class="itemFullText">{text}</div></div>\n'
            '<div class="itemContentFooter"><span class="itemHits">Đọc 412 lần</span> <span '
            f'class="itemDateModified">Sửa đổi lần cuối {moment:%d/%m/%Y}</span></div>\n'
            '<div class="itemTagsBlock"><a href="/itemlist/tag/chinh-quyen">chính quyền</a></div></div>'
        )

    def listing(self, listing: Listing) -> str:
        """Items with a read-more link; the pager's numbers and "Tiếp"."""
        items = "\n".join(
            '<div class="itemContainer"><div class="catItemView"><div class="catItemHeader">'
            f'<span class="catItemDateCreated">{each.published.day:02} Tháng {each.published.month} '
            f"{each.published:%Y}</span>"
            f'<h3 class="catItemTitle"><a href="{_attribute(address)}">{title(each)}</a></h3></div>'
            f'<div class="catItemIntroText">{lead(each)[:160]}…</div>'
            f'<a class="k2ReadMore" href="{_attribute(address)}">Đọc thêm ...</a></div></div>'
            for each, address in listing.items
        )
        numbers = "".join(
            f'<li class="active"><span>{number}</span></li>'
            if number == listing.number
            else f'<li><a href="{self.section_page(listing, number)}">{number}</a></li>'
            for number in pages(listing)
        )
        return (
            f'<div id="k2Container" class="itemListView"><div class="itemList">{items}</div>\n'
            f'<a href="{listing.path}/itemlist/date/2024/5">Tháng 5/2024</a>'
            f'<a href="{listing.path}?format=feed">RSS</a>'
            f'<div class="k2Pagination"><ul>{numbers}</ul></div></div>'
        )


def _paragraph(text: str) -> str:
    return f"<p>{text}</p>" if text else ""


def _attribute(address: str) -> str:
    return address.replace("&", "&amp;")
