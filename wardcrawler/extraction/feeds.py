"""stub"""

import re

_LOC = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*</loc>")


def sitemap_children(raw: bytes) -> list[str] | None:
    """Return the addresses of the sitemaps that an index names; None for anything else."""
    if b"<sitemapindex" not in raw[:3000]:
        return None
    import html

    return [html.unescape(found.decode("utf-8", "replace")) for found in _LOC.findall(raw)]
