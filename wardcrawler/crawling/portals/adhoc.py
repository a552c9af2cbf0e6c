"""A portal that is crawled by its address alone, without being registered."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.registry import PLATFORMS


def portal_at(url: str, sections: Sequence[str], platform: str | None) -> type[Portal]:
    """Return a portal class for ``url``, named after its host (with the port where it is not the usual one).

    ``sections`` are paths or addresses of listings; without any they are discovered, with ``url`` for the
    home page; what is no home page is known when it is read.
    ``platform`` is a key of ``PLATFORMS`` or None to recognise it. Raises ``ValueError`` for an address
    that is not http(s) or a platform that does not exist.
    """
    parts = urlsplit(url if "://" in url else f"https://{url}")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise ValueError(f"'{url}' is not an http or https address")
    if platform is not None and platform not in PLATFORMS:
        raise ValueError(f"no platform is named '{platform}'; known: {', '.join(PLATFORMS)}")
    host = (f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname) + (f":{port}" if port else "")
    own_path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    paths = [path if "://" in path else "/" + path.lstrip("/") for path in sections]
    constants = {
        "is_registered": False,
        "name": host,
        "title": host,
        "base_url": f"{parts.scheme}://{host}",
        "home_path": own_path,
        "sections": {path: path for path in paths},
        "platform": PLATFORMS[platform] if platform else None,
        "__doc__": f"The portal at {host}.",
    }
    return type("PortalAt", (Portal,), constants)
