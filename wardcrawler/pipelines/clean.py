"""First pipeline: white space and invisible characters, nothing else."""

from wardcrawler.items import Article
from wardcrawler.text.normalise import compose

# Zero-width characters and the soft hyphen: seen inside words of danang.gov.vn titles, never meant to be read.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


class Clean:
    """Titles, leads and bodies lose padding and invisible characters and become NFC; spelling stays."""

    def process_item(self, item: Article) -> Article:
        """Clean ``item`` in place; ``title_printed`` keeps the title where cleaning changed it."""
        printed = item.title
        item.title = one_line(printed)
        item.title_printed = printed if printed != item.title else None
        item.lead = one_line(item.lead) if item.lead else None
        item.body = "\n".join(line for line in map(one_line, item.body.split("\n")) if line)
        for name in ("author", "source", "category"):
            value = getattr(item, name)
            setattr(item, name, (one_line(value) or None) if value else None)
        return item


def one_line(text: str) -> str:
    """``text`` in NFC, every run of white space one blank, no invisible characters."""
    if not text.isascii():
        text = compose(text.translate(_INVISIBLE))
    return " ".join(text.split())
