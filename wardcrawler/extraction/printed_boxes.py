"""Boxes told by what they print: headings above links to other articles, and lines that belong to the page.

Texts are compared in lower case on one line (``boilerplate.comparable``).
"""

import re

_OTHERS = (
    r"(?:xem )?(?:thêm )?(?:các |những )?(?:chuyên mục, )?"
    r"(?:tin tức|tin bài|tin|bài viết|bài|tài sản|thông tin)"
    r" (?:liên quan|khác|cùng chuyên mục|cùng loại|mới hơn|cũ hơn|đã đưa|mới nhất|đọc nhiều)\s*:?"
    r"|theo dòng sự kiện\s*:?"
)
_RELATED = re.compile(_OTHERS)
# Said above links, and in texts too: what stands below them must be links.
_MORE = (
    r"(?:mời (?:bạn|quý vị|độc giả|bạn đọc) )?(?:xem|đọc|tìm hiểu) (?:thêm|tiếp)|xem ngay|liên quan"
    r"|đừng bỏ lỡ"
    r"|(?:có thể bạn|bạn có thể|có thể bạn sẽ|bạn có thể sẽ) (?:quan tâm|thích|cần|muốn (?:xem|đọc|biết))"
    r"|(?:có thể )?bạn (?:chưa biết|quan tâm)|(?:tin |bài )?(?:nổi bật|đọc nhiều|xem nhiều)"
    r"|(?:tin |bài |bài viết )?cùng (?:chuyên mục|chủ đề)|(?:tin|bài|bài viết) mới(?: nhất)?"
    r"|related(?: (?:articles?|stor(?:y|ies)|posts?|news|links?|content|topics?|coverage|reading))?"
    r"|(?:read|see|watch|find out|learn) more(?: (?:on|about) this)?|(?:read|see|watch|view) (?:also|next)"
    r"|also (?:read|see)|continue reading(?: below)?|don['’]t miss|trending(?: now| news)?|top stories"
    r"|more (?:from [\w ]{2,40}|on this(?: story)?|stories|news|articles|like this)"
    r"|you (?:may|might) (?:also )?(?:like|be interested in|want to read)|most (?:read|popular|viewed)"
    r"|recommended(?: (?:for you|reading|stories))?"
)
_MARKS = r"[\s>»›→▶►•*+\-–—:：.…\[\](){}|]"
_HEADING = re.compile(f"{_MARKS}{{0,6}}(?:{_OTHERS}|{_MORE}){_MARKS}{{0,6}}")
_LEAD_IN = re.compile(f"{_MARKS}{{0,6}}(?:{_OTHERS}|{_MORE}){_MARKS}{{1,6}}")
_NO_NAME = re.compile(r"(?:tại |ở )?(?:đây|link này|trang này)|(?:click |right )?here|this link")

_ADVERTISEMENT = re.compile(
    r"[\[(\s–—-]{0,4}(?:quảng cáo|advertisements?|advert|nội dung (?:quảng cáo|tài trợ)|tin tài trợ"
    r"|sponsored(?: content)?|story continues below(?: advertisement)?"
    r"|(?:article )?continues? (?:reading )?below|scroll to continue(?: with content)?)[\])\s:–—-]{0,4}"
)
_COUNTED = re.compile(
    r"(?:(?P<picture>ảnh|hình|hình ảnh|photo|image|slide|picture)\s*(?:số )?)?"
    r"(?P<n>\d{1,3})\s*(?:/|of|of /|trên)\s*(?P<all>\d{1,3})(?: ảnh| hình| photos?| images?)?"
)
_GALLERY = re.compile(
    r"(?:xem |\+\s?)(?:thêm |toàn bộ |tất cả |cả |hết )?(?:\d{1,3} )?"
    r"(?:ảnh|hình ảnh|hình|bộ ảnh|thư viện ảnh|album)(?: khác)?"
    r"|\d{1,3} (?:ảnh|hình ảnh|photos|images)|(?:xem )?thư viện ảnh|phóng to|(?:hide|toggle) caption"
    r"|(?:view|open|see) (?:the )?(?:full |photo |image )?(?:gallery|slideshow)"
    r"|view all(?: \(?\d{1,3}\)?)?(?: (?:photos|images))?|view \d{1,3} (?:photos|images)"
)
_ELSEWHERE = r"facebook|fanpage|zalo|youtube|twitter|tiktok|instagram|telegram|linkedin|flipboard|google news"
_FOLLOW = re.compile(
    r"[>»*\s-]{0,4}(?:mời (?:bạn |quý vị |độc giả )?)?(?:hãy )?(?:theo dõi|kết nối(?: với)?|quan tâm|ủng hộ)"
    rf" (?:chúng tôi|kênh|trang|báo|fanpage|facebook|zalo)\b.{{0,80}}(?:{_ELSEWHERE})\b.{{0,30}}"
    rf"|follow (?:us|our|@)\b.{{0,80}}(?:{_ELSEWHERE})\b.{{0,30}}"
    r"|(?:đăng ký (?:nhận )?(?:bản tin|kênh|email)|nhận bản tin)\b.{0,60}"
    r"|(?:subscribe|sign up) (?:to|for) (?:our|the|free)\b.{0,60}\b(?:newsletters?|channel|updates?)\b.{0,40}"
    r"|(?:get|receive)\b.{0,40}\b(?:in|to) your inbox\b.{0,40}"
    r"|(?:thấy hay|bạn thích bài này|like this (?:story|article|post))\?.{0,30}(?:chia sẻ|share).{0,40}"
)
_SURE_LABEL = r"[#\s]{0,3}(?:từ khóa|từ khoá|tags?|thẻ|keywords?|hashtags?)"
_LABEL = rf"(?:{_SURE_LABEL}|chủ đề|topics?)(?: bài viết)?"
_TAGS = re.compile(rf"{_LABEL}\s*[:：]\s*(?P<rest>.*)")
_TAGS_ALONE = re.compile(rf"{_LABEL}\s*[:：]?")
_SURE_TAGS = re.compile(rf"{_SURE_LABEL}\b")
_COMMENTS = re.compile(
    r"(?:\(?\d+\)? )?(?:bình luận|ý kiến(?: bạn đọc)?|comments?)(?: ?\(?\d+\)?)?"
    r"|(?:gửi|viết) (?:bình luận|ý kiến)(?: của bạn)?|(?:leave|post) a (?:comment|reply)"
)


def is_related(name: str) -> bool:
    """Return whether a line is what portals print above links to other articles, and nowhere else."""
    return _RELATED.fullmatch(name) is not None


def is_heading(name: str) -> bool:
    """Return whether a line may stand above links to other articles."""
    return _HEADING.fullmatch(name) is not None


def may_lead_elsewhere(name: str) -> bool:
    """Return whether a line begins as one that :func:`leads_elsewhere` or names tags, whatever follows."""
    return _LEAD_IN.match(f"{name} ") is not None or _TAGS.match(name) is not None


def leads_elsewhere(name: str, plain: str, linked: str) -> bool:
    """Return whether a line points to another article: "Xem thêm:" and its title. ``plain`` is what stands
    outside of links, ``linked`` what stands in them. "Xem thêm tại đây" is a sentence of the text.
    """
    if not linked or _NO_NAME.fullmatch(linked):
        return False
    if plain.strip():
        return _HEADING.fullmatch(plain) is not None
    return _LEAD_IN.match(f"{name} ") is not None and not _NO_NAME.search(name)


def is_advertisement(name: str) -> bool:
    """Return whether a line says that an advertisement stands there."""
    return _ADVERTISEMENT.fullmatch(name) is not None


def is_gallery(name: str, *, has_pictures: bool) -> bool:
    """Return whether a line belongs to a viewer of pictures: "Ảnh 3/12", "Xem 5 ảnh". A bare "3/12", which
    may be a day, is one only beside pictures.
    """
    if _GALLERY.fullmatch(name):
        return True
    counted = _COUNTED.fullmatch(name)
    if counted is None or int(counted["n"]) > int(counted["all"]):
        return False
    return counted["picture"] is not None or has_pictures


def is_invitation(name: str) -> bool:
    """Return whether a line asks readers to follow the portal elsewhere."""
    return _FOLLOW.fullmatch(name) is not None


def is_tag_line(name: str, linked: str, *, at_end: bool) -> bool:
    """Return whether a line lists the article's tags: "Từ khóa:" and links, or under the text
    (``at_end``) words.
    """
    found = _TAGS.fullmatch(name)
    if found is None:
        return at_end and _TAGS_ALONE.fullmatch(name) is not None
    rest = "".join(letter for letter in found["rest"] if letter.isalnum())
    if rest and rest == "".join(letter for letter in linked if letter.isalnum()):
        return True
    return at_end and _SURE_TAGS.match(name) is not None


def is_tag_heading(name: str) -> bool:
    """Return whether a line may stand above tags."""
    return _TAGS_ALONE.fullmatch(name) is not None


def is_comments_heading(name: str) -> bool:
    """Return whether a line stands above or in place of readers' comments."""
    return _COMMENTS.fullmatch(name) is not None
