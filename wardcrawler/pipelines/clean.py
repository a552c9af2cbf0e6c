"""First pipeline: white space and invisible characters, nothing else."""

import re
import unicodedata

from wardcrawler.items import Article

# Zero-width characters and the soft hyphen: seen inside words of danang.gov.vn titles, never meant to be read.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"[^\S\n]+")


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
    text = text.translate(_INVISIBLE)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()
