"""ASP.NET Web Forms: pages that are one form, which their pagers send back, and Khánh Hòa's portal."""

from collections.abc import Mapping

from wardcrawler.replica.answers import number_in
from wardcrawler.replica.families.family import (
    WEEKDAYS,
    Family,
    FamilyPortal,
    FamilyTrap,
    Listing,
    Publication,
    page_numbers,
    slug_of,
    title,
)
from wardcrawler.replica.portals import NEWS, NOTICES

_PAGER = "ctl00$cph$pager"


class WebFormsFamily(Family):
    """``__doPostBack`` with the view state; a calendar of the page posts back too."""

    portal = FamilyPortal(
        name="webforms",
        title="UBND Phường 39, Thị xã Diên Xuân",
        level="ward",
        province="khanhhoa",
        variant="webforms",
        ward=39,
        page_size=5,
        sections={NEWS: "/vi/tin-tuc-su-kien", NOTICES: "/vi/thong-bao"},
        counts={NEWS: 16, NOTICES: 7},
    )
    head = '<script src="/WebResource.axd?d=x1" type="text/javascript"></script>'
    traps = (
        FamilyTrap("second-address", NEWS, 1, "same page", "listed a second time with a query"),
        FamilyTrap("missing", NEWS, 6, "http-404", "listed and gone"),
    )

    def address(self, publication: Publication) -> str:
        """Return ``/vi/<section>/<slug>``."""
        return f"{self.portal.sections[publication.section]}/{slug_of(publication)}"

    def second_address(self, publication: Publication) -> str:
        """Return the address with the number of the column it stands in."""
        return f"{self.address(publication)}?id=7"

    def route(self, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, int] | None:
        """Read the number from the fields sent back, if the view state is among them."""
        for section, own in self.portal.sections.items():
            if path == own:
                is_turned = form.get("__EVENTTARGET") == _PAGER and has_view_state_of(form, own)
                return section, number_in(form.get("__EVENTARGUMENT"), 1) if is_turned else 1
        return None

    def article(self, publication: Publication) -> str:
        """Return title, date and text in a web part."""
        moment = publication.published
        return postback_form(
            self.address(publication),
            f'<div class="detail"><div class="title-article">{title(publication)}</div>'
            f'<div class="date-box"><span id="datearticle">{WEEKDAYS[moment.weekday()]}, '
            f"{moment:%d/%m/%Y, %H:%M}</span></div>\n"
            f'<div class="chitietbaiviet">{self.text(publication)}</div></div>',
        )

    def listing(self, listing: Listing) -> str:
        """Return links without any markup of their own; numbers that post back."""
        items = "\n".join(
            f'<div class="item"><a href="{address}">{title(each)}</a>'
            f'<span class="date">{each.published:%d/%m/%Y}</span></div>'
            for each, address in listing.items
        )
        numbers = " ".join(
            f'<a class="active">{number}</a>'
            if number == listing.number
            else f'<a href="{postback_call(_PAGER, str(number))}">{number}</a>'
            for number in page_numbers(listing)
        )
        return postback_form(
            listing.path, f'<div class="list">{items}\n<div class="paging">{numbers}</div></div>'
        )


def postback_form(action: str, main: str, *, more: str = "") -> str:
    """Return ``main`` in a form with a view state, under it a calendar that posts back too; ``more`` are
    further hidden fields. ``action`` is not escaped.
    """
    days = "".join(
        f"<td><a href=\"javascript:__doPostBack('ctl00$Calendar1','{9800 + day}')\">{day}</a></td>"
        for day in range(1, 8)
    )
    return (
        f'<form method="post" action="{action.replace("&", "&amp;")}" id="aspnetForm">\n'
        '<input type="hidden" name="__EVENTTARGET" value="" /><input type="hidden" name="__EVENTARGUMENT" '
        f'value="" />\n<input type="hidden" name="__VIEWSTATE" value="{_state(action)}" />\n'
        f'<input type="hidden" name="__EVENTVALIDATION" value="/wEdAAUxZ==" />{more}\n'
        f'{main}\n<table id="ctl00_Calendar1" title="Calendar"><tr>{days}</tr></table></form>'
    )


def postback_call(target: str, argument: str = "") -> str:
    """Return the address of a link that posts back (``__doPostBack``)."""
    return f"javascript:__doPostBack('{target}','{argument}')"


def has_view_state_of(form: Mapping[str, str], action: str) -> bool:
    """Return whether ``form`` is the form of the page at ``action``, with its view state."""
    return form.get("__VIEWSTATE") == _state(action)


def _state(action: str) -> str:
    return f"/wEPDwUK{len(action):04}="
