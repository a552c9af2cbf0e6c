"""First pipeline: white space and invisible characters, nothing else."""

from wardcrawler.items import Article
from wardcrawler.text.normalise import INVISIBLE, compose


class Clean:
    """Titles, leads and bodies lose padding and invisible characters and become NFC; spelling stays."""

    def process_item(self, item: Article) -> Article:
        """Clean ``item`` in place; ``title_printed`` keeps the title where cleaning changed it."""
        printed = item.title
        item.title = one_line(printed)
        item.title_printed = printed if printed != item.title else None
        item.lead = one_line(item.lead) if item.lead else None
        lines = (" ".join(line.split()) for line in visible(item.body).split("\n"))
        item.body = "\n".join(line for line in lines if line)
        for name in ("author", "source", "category"):
            value = getattr(item, name)
            setattr(item, name, (one_line(value) or None) if value else None)
        return item


def visible(text: str) -> str:
    """``text`` in NFC without zero-width characters and soft hyphens."""
    if text.isascii():
        return text
    for character in INVISIBLE:
        text = text.replace(character, "")
    return compose(text)


def one_line(text: str) -> str:
    """``text`` in NFC, every run of white space one blank, no invisible characters."""
    return " ".join(visible(text).split())
