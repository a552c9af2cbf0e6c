"""Third pipeline: the fingerprint of a text, whoever printed it."""

from wardcrawler.items import Article, Item, NormalText
from wardcrawler.text.hashing import content_hash
from wardcrawler.text.normalise import normalise


class Fingerprint:
    """The normalised text and the content hash by which the store knows an article again."""

    def process_item(self, item: Item) -> Item:
        """Fill ``normal`` and ``content_hash`` of an article in place."""
        if isinstance(item, Article):
            set_hash(item)
        return item


def set_hash(article: Article) -> None:
    """Fill ``normal`` and ``content_hash``.

    An article without any text is told apart by its attachments and pictures, and where it has none
    by its own address: two empty "Thông báo" are not one article.
    """
    title, lead, body = normalise(article.title), normalise(article.lead or ""), normalise(article.body)
    article.normal = NormalText(title, lead, body)
    files = [attachment.url for attachment in article.attachments] + [image.url for image in article.images]
    article.content_hash = content_hash(
        title, lead, body, otherwise=files or [article.site, article.key], is_normal=True
    )
