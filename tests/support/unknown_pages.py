"""Articles of portals of unknown make, in our own words, and what is read of them."""

import pytest

from tests.support.pages import document
from wardcrawler.extraction.structure.main_text import has_library
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.generic import Generic

HOST = "https://xa.example.gov.vn"
URL = f"{HOST}/tin/1234"
TITLE = "Thông xe cây cầu mới ở thôn Đông"
PARAGRAPHS = (
    "Sáng qua, bà con thôn Đông đi lại lần đầu trên cây cầu bê tông bắc qua kênh Giữa, thay cho cầu ván cũ "
    "đã mục nát sau nhiều mùa nước lớn.",
    "Cầu dài hai mươi bốn mét, mặt rộng ba mét rưỡi, xe chở lúa có thể qua lại quanh năm mà không phải đi "
    "vòng sang bến đò như trước kia.",
    "Các hộ hai bên bờ kênh hiến gần năm trăm mét vuông đất vườn để làm đường dẫn, nhiều gia đình tự dời "
    "hàng rào trước khi tổ thi công tới nơi.",
    "Ban công tác mặt trận thôn cho biết sẽ lắp thêm sáu bóng đèn ở hai đầu cầu và trồng hàng cau dọc lối "
    "đi trong quý tới, kinh phí do dân góp.",
)
TEXT = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
OTHERS = (
    "Hội phụ nữ gói bánh tặng người già neo đơn",
    "Lịch cắt điện các tuyến trong tuần tới",
    "Thiếu niên thôn Tây dự trại hè bên biển",
    "Nông dân chuyển đất lúa sang trồng dưa lưới",
)
needs_library = pytest.mark.skipif(not has_library(), reason="needs the extra 'generic'")


def links_to_others(tag: str = "ul", *, teaser: str = "") -> str:
    """Return a list of links to other articles, each with a ``teaser`` below it."""
    entries = (f"<li><a href='/tin/{n}'>{title}</a>{teaser}</li>" for n, title in enumerate(OTHERS, 50))
    return f"<{tag}>{''.join(entries)}</{tag.split(maxsplit=1)[0]}>"


def read(body: str, head: str = "", url: str = URL) -> Article:
    """Read the article of a page of unknown make that has ``body`` and ``head`` in it."""
    return Generic.parse_article(document(body, head), url)


def refusal_of(body: str, head: str = "", url: str = URL) -> str:
    """Return the reason why a page of unknown make is refused."""
    with pytest.raises(NotAnArticle) as refusal:
        read(body, head, url)
    return refusal.value.reason
