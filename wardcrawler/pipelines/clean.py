"""First pipeline: white space and invisible characters, nothing else."""

from wardcrawler.items import Article, Item
from wardcrawler.text.legacy.convert import without_soft_hyphens
from wardcrawler.text.normalise import INVISIBLE, SOFT_HYPHEN, compose


class Clean:
    """Titles, leads and bodies lose padding and invisible characters and become NFC; spelling stays."""

    def process_item(self, item: Item) -> Item:
        """Clean an article in place; ``title_printed`` keeps the title where cleaning changed it."""
        if isinstance(item, Article):
            clean(item)
        return item


def clean(article: Article) -> None:
    """Clean the texts of ``article`` in place. What is clean already stays as it is."""
    printed = article.title
    article.title = one_line(printed)
    if printed != article.title:
        article.title_printed = printed
    article.lead = one_line(article.lead) if article.lead else None
    lines = (" ".join(line.split()) for line in visible(article.body).split("\n"))
    article.body = "\n".join(line for line in lines if line)
    for name in ("author", "source", "category"):
        value = getattr(article, name)
        setattr(article, name, (one_line(value) or None) if value else None)


def visible(text: str) -> str:
    """Return ``text`` in NFC without zero-width characters and soft hyphens, but for those that are a letter
    of a text in a font of before Unicode.
    """
    if text.isascii():
        return text
    for character in INVISIBLE:
        if character != SOFT_HYPHEN:
            text = text.replace(character, "")
    return compose(without_soft_hyphens(text))


def one_line(text: str) -> str:
    """Return ``text`` in NFC, every run of white space one blank, no invisible characters."""
    return " ".join(visible(text).split())
