"""Quảng Trị and Quảng Bình: provinces, departments and communes with ``/-/view-article/`` addresses.

Known from the texts of diensanh.quangtri.gov.vn; of the markup only the address form.
"""

import re
from typing import ClassVar

from wardcrawler.extraction.content import Content
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.structure.printed_labels import PrintedLabels
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.liferay.look import LabelledLook, name_below
from wardcrawler.platforms.liferay.stock import Liferay


class QuangTriLiferay(LabelledLook):
    """``/chi-tiet-tin/-/view-article/1/<category>/<article>``: the article's number is the time of its
    publication in epoch milliseconds. The date stands behind "Post date", the author alone on the last line.
    """

    platform = "liferay-quangtri"
    look_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(40, "links to /-/view-article/", selector="a[href*='/-/view-article/']"),
        Mark(15, "address with /-/view-article/", address=r"/-/view-article/\d+/\d+/\d+"),
    )
    labels: ClassVar[PrintedLabels] = PrintedLabels(
        date=re.compile(r"post date\s*:", re.IGNORECASE),
        facts=re.compile(r"(?:post date|lượt xem)\s*:", re.IGNORECASE),
        end=re.compile(
            r"previous page|trang trước|more|xem thêm|(?:các )?(?:tin|bài)(?: viết)? (?:liên quan|khác)\s*:?",
            re.IGNORECASE,
        ),
    )
    generic_titles = Liferay.generic_titles | {"post date", "previous page", "more", "next page", "sign in"}
    item_selectors: ClassVar[tuple[str, ...]] = ("a[href*='/-/view-article/']",)

    @classmethod
    def _author(cls, view: View, content: Content) -> str | None:
        return super()._author(view, content) or name_below(content)
