"""Third pipeline: what the text is, whoever printed it."""

from wardcrawler.items import Article, NormalText
from wardcrawler.text.hashing import content_hash
from wardcrawler.text.normalise import normalise


class Deduplicate:
    """Sets the normalised text and the content hash by which the store knows an article again."""

    def process_item(self, item: Article) -> Article:
        """Fill ``normal`` and ``content_hash`` of ``item`` in place."""
        set_hash(item)
        return item


def set_hash(item: Article) -> None:
    """Fill ``normal`` and ``content_hash``.

    An article without any text is told apart by its attachments and pictures, and where it has none
    by its own address: two empty "Thông báo" are not one article.
    """
    title, lead, body = normalise(item.title), normalise(item.lead or ""), normalise(item.body)
    item.normal = NormalText(title, lead, body)
    files = [attachment.url for attachment in item.attachments] + [image.url for image in item.images]
    item.content_hash = content_hash(
        title, lead, body, otherwise=files or [item.site, item.key], is_normal=True
    )
