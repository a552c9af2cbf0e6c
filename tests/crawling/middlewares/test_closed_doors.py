"""Where requests may go: declared hosts, public addresses, http and https."""

from types import SimpleNamespace

import pytest
from scrapy import Request
from twisted.internet.defer import succeed
from twisted.internet.error import DNSLookupError

from wardcrawler.crawling.middlewares import public_resolver as resolver
from wardcrawler.crawling.middlewares.declared_hosts import DeclaredHosts, Offsite


@pytest.fixture
def hosts() -> DeclaredHosts:
    spider = SimpleNamespace(
        base_url="https://phuong9.example.gov.vn:8443", allowed_domains=["phuong9.example.gov.vn", "10.0.0.8"]
    )
    return DeclaredHosts(SimpleNamespace(spider=spider))  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme_and_port", ["https|:8443", "https|", "http|", "http|:80"])
def test_a_declared_host_is_asked_at_its_own_port_and_the_usual_ones(
    hosts: DeclaredHosts, scheme_and_port: str
) -> None:
    scheme, port = scheme_and_port.split("|")
    hosts.process_request(Request(f"{scheme}://PHUONG9.example.gov.vn{port}/web"))


@pytest.mark.parametrize(
    "url",
    [
        "https://phuong9.example.gov.vn:6379/",
        "https://example.gov.vn/",
        "https://www.phuong9.example.gov.vn/",
        "https://phuong9.example.gov.vn.evil.example/",
        "https://phuong9.example.gov.vn@evil.example/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "ftp://phuong9.example.gov.vn/",
        "file://phuong9.example.gov.vn/etc/passwd",
    ],
)
@pytest.mark.parametrize("dont_filter", [False, True])
def test_nothing_else_is_asked_whatever_the_request_says(
    hosts: DeclaredHosts, url: str, dont_filter: bool
) -> None:
    with pytest.raises(Offsite):
        hosts.process_request(Request(url, dont_filter=dont_filter, meta={"allow_offsite": True}))


def test_a_declared_local_address_is_refused_unless_a_person_named_it(
    hosts: DeclaredHosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resolver, "_named_by_user", set())
    request = Request("http://10.0.0.8/")
    with pytest.raises(Offsite, match="local network"):
        hosts.process_request(request)
    resolver.allow_local("10.0.0.8")
    hosts.crawler.spider.base_url = "http://10.0.0.8"  # type: ignore[union-attr]
    hosts.process_request(request)
    with pytest.raises(Offsite, match="another port"):
        hosts.process_request(Request("https://10.0.0.8/"))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1"],
)  # fmt: skip
def test_a_name_that_resolves_into_the_local_network_is_refused(address: str) -> None:
    assert not resolver.is_public(address)
    with pytest.raises(DNSLookupError, match=r"ubnd\.example resolves to"):
        resolver.refuse_local(address, "ubnd.example")


def test_a_public_address_is_resolved() -> None:
    assert resolver.refuse_local("8.8.8.8", "ubnd.example") == "8.8.8.8"


def test_the_resolver_checks_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        resolver.CachingThreadedResolver,
        "getHostByName",
        lambda self, name, timeout=(): succeed("192.168.0.7"),
    )
    public = object.__new__(resolver.PublicResolver)
    failures: list[object] = []
    public.getHostByName("phuong9.example.gov.vn").addErrback(failures.append)
    assert "192.168.0.7" in str(failures[0])


def test_naming_a_host_does_not_open_what_it_resolves_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver, "_named_by_user", set())
    resolver.allow_local("intranet.example")
    resolver.allow_local("8.8.8.8")
    assert resolver._named_by_user == set()
