"""The portals and their control, over HTTP/1.1 on 127.0.0.1, one port each."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from twisted.internet.defer import Deferred, succeed
from twisted.web.http import HTTPChannel, HTTPFactory, Request

from wardcrawler.replica.answers import Answer, DownMode
from wardcrawler.replica.families.blocks.site import BlockThemeSite
from wardcrawler.replica.families.registry import BLOCK_THEMES, FAMILIES, SERVED
from wardcrawler.replica.families.site import FamilySite
from wardcrawler.replica.hcmc.catalogue import Catalogue, catalogue_of, generated_catalogue
from wardcrawler.replica.hcmc.site import Site
from wardcrawler.replica.portals import PORTALS, ReplicaPortal, bench_portal, quiet_portal
from wardcrawler.replica.texts.units import ward

_HOST = "127.0.0.1"
_QUIET_ARTICLES = 4  # in each section of a quiet portal


class _Request(Request):
    def __init__(self, handle: Callable[[Request], None], channel: HTTPChannel, *queued: bool) -> None:
        super().__init__(channel, *queued)
        self._handle = handle

    def process(self) -> None:
        self._handle(self)


class _Factory(HTTPFactory):
    """Channels that give their requests to ``handle``. Open ones are known, so that they can be cut."""

    protocol = HTTPChannel  # type: ignore[assignment]  # no TLS, no HTTP/2

    def __init__(self, handle: Callable[[Request], None], reactor: Any) -> None:
        super().__init__(reactor=reactor)
        self._requests = partial(_Request, handle)
        self._channels: list[HTTPChannel] = []

    def log(self, request: Request) -> None:
        """Keep no access log."""

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802  # Twisted's name
        channel: Any = super().buildProtocol(addr)
        channel.requestFactory = self._requests
        self._channels = [each for each in self._channels if each.transport and each.transport.connected]
        self._channels.append(channel)
        return channel

    def cut(self) -> None:
        """Drop every connection."""
        for channel in self._channels:
            if channel.transport:
                channel.transport.abortConnection()
        self._channels.clear()


class PortalServer:
    """One portal on its port. ``requests`` counts every request by path and query as sent."""

    def __init__(self, site: Site | FamilySite, reactor: Any) -> None:
        self.site = site
        self.requests: Counter[str] = Counter()
        self._reactor = reactor
        self._factory = _Factory(self._serve, reactor)
        self._listening: Any = reactor.listenTCP(0, self._factory, interface=_HOST)
        self.port: int = self._listening.getHost().port

    @property
    def address(self) -> str:
        """Return ``http://127.0.0.1:<port>``."""
        return f"http://{_HOST}:{self.port}"

    def set_down(self, mode: DownMode | None) -> Deferred[None]:
        """Take the portal down: ``refused`` closes the port and every connection, ``500`` answers nothing
        else, None is normal again.
        """
        self.site.down = mode
        if mode == "refused" and self._listening is not None:
            listening, self._listening = self._listening, None
            closing: Deferred[None] = listening.stopListening() or succeed(None)
            self._factory.cut()
            return closing
        if mode != "refused" and self._listening is None:
            self._listening = self._reactor.listenTCP(self.port, self._factory, interface=_HOST)
        return succeed(None)

    def _serve(self, request: Request) -> None:
        target = request.uri.decode("latin-1")
        self.requests[target] += 1
        if isinstance(self.site, FamilySite):
            answer = self.site.answer(target, _form(request))
        else:
            answer = self.site.answer(target, request.getHeader("cookie") or "")
        send(request, answer)


def _form(request: Any) -> dict[str, str]:
    """Return the fields that a request sends in its body; empty for one without."""
    return dict(parse_qsl(request.content.read().decode(), keep_blank_values=True))


def send(request: Any, answer: Answer) -> None:
    """Write ``answer``; 304 without a body where the request's validators still hold (RFC 9110 §13.2.2)."""
    headers = request.responseHeaders
    for name, value in answer.headers:
        headers.addRawHeader(name.encode("latin-1"), value.encode("latin-1"))
    if answer.etag is not None and answer.last_modified is not None:
        headers.setRawHeaders(b"etag", [answer.etag.encode()])
        headers.setRawHeaders(b"last-modified", [answer.last_modified.encode()])
        if _is_unchanged(request, answer):
            request.setResponseCode(304)
            request.finish()
            return
    request.setResponseCode(answer.status)
    if answer.content_type is not None:
        headers.setRawHeaders(b"content-type", [answer.content_type.encode("latin-1")])
    body = b"".join(answer.body)
    headers.setRawHeaders(b"content-length", [b"%d" % len(body)])
    request.write(body)
    request.finish()


def _is_unchanged(request: Any, answer: Answer) -> bool:
    known: str | None = request.getHeader("if-none-match")
    if known is not None:
        tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
        return "*" in tags or answer.etag in tags
    since: str | None = request.getHeader("if-modified-since")
    return since == answer.last_modified


class ReplicaServer:
    """All portals and the control port.

    A control request is POST ``/<command>`` with a JSON object of arguments; the answer is 200 with the
    result, or 400 with words. Commands are the public methods from :meth:`requests` on.
    """

    def __init__(self, reactor: Any, *, today: date, bench_pages: int = 0, quiet_portals: int = 0) -> None:
        self._ports: dict[str, int] = {}
        self.portals: dict[str, PortalServer] = {}
        for portal, make_catalogue in _catalogues(bench_pages, quiet_portals):
            server = PortalServer(Site(portal, make_catalogue, today, self._ports), reactor)
            self.portals[portal.name] = server
            self._ports[portal.name] = server.port
        for name, family in FAMILIES.items():
            self.portals[name] = PortalServer(FamilySite(family, today), reactor)
        for name, theme in BLOCK_THEMES.items():
            site = BlockThemeSite(theme, today)
            self.portals[name] = PortalServer(site, reactor)
            site.origin = self.portals[name].address
        if bench_pages:
            self._changeable_site("bench").render_all()
        listening = reactor.listenTCP(0, _Factory(self._control, reactor), interface=_HOST)
        self.control = f"http://{_HOST}:{listening.getHost().port}"

    def _changeable_site(self, portal: str) -> Site:
        """Return a portal whose content can be changed. Raises LookupError for one of a family."""
        site = self.portals[portal].site
        if isinstance(site, FamilySite):
            raise LookupError(f"{portal} is fixed: only the Liferay portals can be changed")
        return site

    def addresses(self) -> dict[str, str]:
        """Return the address of every Liferay portal by name."""
        return {name: each.address for name, each in self.portals.items() if name not in SERVED}

    def family_addresses(self) -> dict[str, str]:
        """Return the address of every family's portal by name."""
        return {name: self.portals[name].address for name in SERVED}

    def requests(self, portal: str) -> dict[str, int]:
        """Count how often each path and query was asked for since the start or the last reset."""
        return dict(self.portals[portal].requests)

    def reset(self) -> None:
        """Set all counts to zero."""
        for server in self.portals.values():
            server.requests.clear()

    def restore(self) -> None:
        """Put all portals and counts back as at the start."""
        self.reset()
        for server in self.portals.values():
            server.set_down(None)
            server.site.restore()

    def publish(
        self, portal: str, section: str, title: str, paragraphs: list[str], published: str | None
    ) -> str:
        """Publish an article, as :meth:`Site.publish` does; ``published`` is ISO 8601 with its offset."""
        at = datetime.fromisoformat(published) if published else None
        return self._changeable_site(portal).publish(section, title, paragraphs, at)

    def edit(self, portal: str, path: str, title: str | None, paragraphs: list[str] | None) -> None:
        """Edit an article, as :meth:`Site.edit` does."""
        self._changeable_site(portal).edit(path, title, paragraphs)

    def delete(self, portal: str, path: str) -> None:
        """Delete an article, as :meth:`Site.delete` does."""
        self._changeable_site(portal).delete(path)

    def answer(
        self, portal: str, target: str, *, status: int, body: str, content_type: str, headers: dict[str, str]
    ) -> None:
        """Set an answer, as :meth:`Site.set_answer` does; ``body`` is one character a byte (latin-1)."""
        fixed = Answer(status, (body.encode("latin-1"),), content_type, tuple(headers.items()))
        self._changeable_site(portal).set_answer(target, fixed)

    def robots(self, portal: str, text: str) -> None:
        """Serve another robots.txt."""
        self.portals[portal].site.robots = text

    def down(self, portal: str, mode: DownMode | None) -> Deferred[None]:
        """Take a portal down, as :meth:`PortalServer.set_down` does."""
        return self.portals[portal].set_down(mode)

    def redesign(self, portal: str) -> None:
        """Change a portal's look, as :meth:`Site.redesign` does."""
        self._changeable_site(portal).redesign()

    def _control(self, request: Any) -> None:
        commands: dict[str, Callable[..., Any]] = {
            name: getattr(self, name)
            for name in (
                "requests", "reset", "restore", "publish", "edit", "delete", "answer", "robots", "down",
                "redesign",
            )
        }  # fmt: skip
        try:
            command = commands[request.path.decode().strip("/")]
            result = command(**json.loads(request.content.read() or b"{}"))
        except (KeyError, LookupError, TypeError, ValueError) as problem:
            send(request, Answer(400, (f"{type(problem).__name__}: {problem}".encode(),), "text/plain"))
            return
        if isinstance(result, Deferred):
            result.addCallback(lambda _: _send_json(request, None))
        else:
            _send_json(request, result)


def _catalogues(
    bench_pages: int, quiet_portals: int
) -> Iterator[tuple[ReplicaPortal, Callable[[], Catalogue]]]:
    for portal in PORTALS:
        yield portal, partial(catalogue_of, portal)
    if bench_pages:
        portal = bench_portal()
        yield portal, partial(generated_catalogue, portal, bench_pages, ward(11))
    for number in range(1, quiet_portals + 1):
        portal = quiet_portal(number)
        yield portal, partial(generated_catalogue, portal, _QUIET_ARTICLES, ward(20 + number))


def _send_json(request: Any, result: object) -> None:
    send(request, Answer(200, (json.dumps(result).encode(),), "application/json"))
