"""Certificates are verified, unless a portal, or a person for one run, says otherwise."""

import asyncio
import csv
import json
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientConnectorDNSError
from scrapy.exceptions import DownloadFailedError
from scrapy.settings import Settings
from twisted.internet.error import DNSLookupError

from tests.crawling.tls_portal import behind_tls, certificate, speaks_tls_1_0
from tests.support.crawls import Crawls
from wardcrawler.crawling.middlewares import public_resolver as resolver
from wardcrawler.crawling.middlewares.legacy_tls import LegacyTls, PublicThreadedResolver
from wardcrawler.crawling.middlewares.tls import set_tls, tls_trouble
from wardcrawler.crawling.portals.registry import load_portals, project_settings

HERE = "127.0.0.1"


def crawl(crawls: Crawls, address: str, *more: str) -> dict[str, Any]:
    """The first articles of the portal at ``address``, as JSON tells of it."""
    arguments = [
        address if word == crawls.replica.address("phuong-9") else word
        for word in crawls.arguments("phuong-9", "--limit", "3", "--json", *more)
    ]
    (result,) = json.loads(crawls.command(*arguments).stdout)["portals"]
    return dict(result)


# --- who is who ------------------------------------------------------------------------------------


def test_a_certificate_that_this_machine_trusts_is_verified(
    crawls: Crawls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path, HERE)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with behind_tls(crawls.replica.address("phuong-9"), pem) as address:
        assert crawl(crawls, address)["outcome"] == "ok"


@pytest.mark.parametrize("expired", [False, True])
def test_any_other_is_refused_with_the_remedy_and_nothing_is_sent(
    crawls: Crawls, tmp_path: Path, expired: bool
) -> None:
    with behind_tls(
        crawls.replica.address("phuong-9"), certificate(tmp_path, HERE, expired=expired)
    ) as address:
        result = crawl(crawls, address)
    assert result["outcome"] == "blocked"
    assert "the certificate of 127.0.0.1 cannot be verified" in result["reason"]
    assert "if you trust it set tls = 'unverified' in its row" in result["reason"]
    assert crawls.replica.requests("phuong-9") == {}
    assert result["requests"] == 1  # a second try would find the same


def test_one_for_another_name_is_refused_whoever_signed_it(
    crawls: Crawls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path, "another.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with behind_tls(crawls.replica.address("phuong-9"), pem) as address:
        result = crawl(crawls, address)
    assert result["outcome"] == "blocked"
    assert "the certificate of 127.0.0.1 is for another name" in result["reason"]


@pytest.mark.parametrize("name", [HERE, "another.example"])
def test_unverified_takes_any(crawls: Crawls, tmp_path: Path, name: str) -> None:
    with behind_tls(crawls.replica.address("phuong-9"), certificate(tmp_path, name)) as address:
        assert crawl(crawls, address, "--set", "WARDCRAWLER_TLS=unverified")["outcome"] == "ok"


def test_only_legacy_speaks_tls_1_0(crawls: Crawls, tmp_path: Path) -> None:
    pem = certificate(tmp_path, HERE)
    if not speaks_tls_1_0(pem):
        pytest.skip("this Python's OpenSSL has no TLS 1.0")
    with behind_tls(crawls.replica.address("phuong-9"), pem, tls_1_0=True) as address:
        for tls in ("verified", "unverified"):
            result = crawl(crawls, address, "--set", f"WARDCRAWLER_TLS={tls}")
            assert result["outcome"] == "blocked"
            assert "127.0.0.1 speaks no TLS that is safe today" in result["reason"]
            assert "set tls = 'legacy'" in result["reason"]
        assert crawl(crawls, address, "--set", "WARDCRAWLER_TLS=legacy")["outcome"] == "ok"


def test_probe_prints_what_it_was_told_into_the_row(crawls: Crawls, tmp_path: Path) -> None:
    with behind_tls(crawls.replica.address("phuong-9"), certificate(tmp_path, HERE)) as address:
        refused = crawls.command("probe", address, "--delay", "0")
        told = crawls.command("probe", address, "--delay", "0", "--tls", "unverified")
    assert (refused.returncode, "tls = 'unverified'" in refused.stderr) == (2, True)
    heading, row = csv.reader(told.stdout.splitlines()[-2:])
    assert row[heading.index("tls")] == "unverified"


def test_what_is_no_tls_setting_is_said_at_the_prompt(crawls: Crawls) -> None:
    done = crawls.command("crawl", "--url", "http://127.0.0.1/", "--set", "WARDCRAWLER_TLS=none")
    assert done.returncode == 2
    assert "WARDCRAWLER_TLS=none: expected one of verified, unverified, legacy" in done.stderr


# --- whose settings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "asked", "verifies"),
    [
        ("verified", "", True),
        ("unverified", "", False),
        ("legacy", "", False),
        ("verified", "unverified", False),
        ("unverified", "verified", True),
    ],
)
def test_the_class_says_unless_a_person_does(declared: str, asked: str, verifies: bool) -> None:
    settings = project_settings()
    settings.set("WARDCRAWLER_TLS", asked, priority="cmdline")
    set_tls(settings, declared)
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES") is verifies


def test_legacy_is_a_handler_of_its_own_and_opens_no_other_door() -> None:
    settings = project_settings()
    closed = dict(settings["DOWNLOAD_HANDLERS"])
    set_tls(settings, "legacy")
    assert dict(settings["DOWNLOAD_HANDLERS"]) == {
        **closed, "https": "wardcrawler.crawling.middlewares.legacy_tls.LegacyTls"
    }  # fmt: skip


def test_one_portals_leniency_is_not_anothers() -> None:
    settings = project_settings()
    set_tls(settings.copy(), "legacy")
    set_tls(settings, "verified")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert "https" not in settings["DOWNLOAD_HANDLERS"]


def test_a_registered_portal_that_is_not_verified_says_why() -> None:
    portals, _ = load_portals()
    assert all(portal.__doc__ for portal in portals.values() if portal.tls != "verified")


def test_another_trouble_is_not_taken_for_a_certificate() -> None:
    assert tls_trouble(DownloadFailedError("certificate verify failed, says a page"), "x") is None
    assert tls_trouble(None, "x") is None


# --- the local network stays closed to the legacy handler ------------------------------------------


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What names resolve to, for aiohttp's resolver."""
    addresses: dict[str, str] = {}

    async def getaddrinfo(_loop: object, host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (addresses[host], port))]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(resolver, "_named_by_user", {"localhost"})
    return addresses


def resolved(host: str) -> list[str]:
    async def resolve() -> list[str]:
        return [answer["host"] for answer in await PublicThreadedResolver().resolve(host, 443)]

    return asyncio.run(resolve())


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1"])
def test_a_name_that_resolves_into_the_local_network_is_refused(
    answers: dict[str, str], address: str
) -> None:
    answers["ubnd.example"] = address
    with pytest.raises(DNSLookupError, match=r"ubnd\.example resolves to"):
        resolved("ubnd.example")


def test_public_addresses_and_what_a_person_named_are_resolved(answers: dict[str, str]) -> None:
    answers |= {"ubnd.example": "8.8.8.8", "localhost": "127.0.0.1"}
    assert (resolved("ubnd.example"), resolved("localhost")) == (["8.8.8.8"], ["127.0.0.1"])


def test_the_handler_asks_that_resolver(answers: dict[str, str]) -> None:
    answers["ubnd.example"] = "127.0.0.1"

    async def ask() -> None:
        handler = LegacyTls(SimpleNamespace(settings=Settings()))  # type: ignore[arg-type]
        try:
            await handler._session.get("https://ubnd.example/")
        finally:
            await handler.close()

    with pytest.raises(ClientConnectorDNSError) as caught:
        asyncio.run(ask())
    assert "ubnd.example resolves to 127.0.0.1" in str(caught.value.__cause__)


def test_a_whole_crawl_is_refused_too(crawls: Crawls) -> None:
    name = socket.gethostname()
    try:
        local = not resolver.is_public(socket.gethostbyname(name))
    except OSError:
        local = False
    if not local or resolver.is_local_literal(name):
        pytest.skip("this machine's own name does not resolve to a local address")
    result = crawl(
        crawls, f"https://{name}/", "--set", "WARDCRAWLER_TLS=legacy", "--user-agent", "test (+x@example.org)"
    )
    assert result["outcome"] == "dead"
    assert "an address of the local network" in result["reason"]


def test_a_header_that_is_not_utf_8_does_not_break_the_handler() -> None:
    raw = ((b"Content-Disposition", b'attachment; filename="Quy\xeat.pdf"'),)
    headers = LegacyTls._extract_headers(SimpleNamespace(raw_headers=raw))  # type: ignore[arg-type]
    assert headers["Content-Disposition"] == raw[0][1]
