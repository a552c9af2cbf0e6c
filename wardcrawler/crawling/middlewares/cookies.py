"""Scrapy's cookies without its look-up of the public suffix list."""

from collections.abc import Iterable
from http.cookiejar import Cookie

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http.cookies import CookieJar
from scrapy.utils.httpobj import urlparse_cached


class HostCookies(CookiesMiddleware):
    """Downloader middleware: keeps cookies for the host that set them, whatever domain they name.

    Some portals need cookies (F5 load balancers set ``TS…``). Scrapy guards against cookies for a whole
    public suffix by downloading that list at the first ``Set-Cookie``, from a host that is no portal;
    binding every cookie to its own host needs no list.
    """

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        host = urlparse_cached(request).hostname or ""
        for cookie in cookies:
            cookie.domain = host
            cookie.domain_specified = False
            jar.set_cookie_if_ok(cookie, request)
