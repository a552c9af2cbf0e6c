"""A pipeline with a fault in it."""

from wardcrawler.items import Article


class Broken:
    def process_item(self, item: Article) -> Article:
        raise RuntimeError("a fault")
