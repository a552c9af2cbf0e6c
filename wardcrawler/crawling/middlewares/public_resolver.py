"""Hosts of the local network, to which no address of a portal may lead: neither as a literal nor by DNS."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

_named_by_user: set[str] = set()

local_answers: dict[str, str] = {}
"""Names that were refused, and the local address each resolved to: Twisted drops the words of the error."""


def is_public(address: str) -> bool:
    """Return whether an IP address literal lies in the global internet (RFC 6890; IPv4-mapped IPv6
    unwrapped). Raises ``ValueError`` for what is none.
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


def is_local_literal(host: str) -> bool:
    """Return whether ``host`` is ``localhost`` or an IP address literal outside the global internet."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host)
    except ValueError:
        return False


def site_host(url: str) -> str:
    """Return the host of an address as politeness counts hosts: its name in lower case, whatever the port.

    On a local address the port belongs to it: there every port is another portal (a replica, a test).
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return f"{host}:{parts.port}" if parts.port and is_local_literal(host) else host


def allow_local(host: str) -> None:
    """Let ``host`` be connected to although it is local.

    Only for literals a person wrote himself (``--url http://127.0.0.1:8000/``, a replica portal). A name
    that merely *resolves* to a local address stays refused. Holds for this process, as the resolver does.
    """
    if is_local_literal(host):
        _named_by_user.add(host)


def is_allowed(host: str) -> bool:
    """Return whether a host may be asked at all; names are checked later, by what they resolve to."""
    return host in _named_by_user or not is_local_literal(host)


class PublicResolver(CachingThreadedResolver):
    """Scrapy's caching resolver that fails with ``DNSLookupError`` for non-global addresses.

    The address checked is the address connected to, so a name cannot be re-pointed in between.
    """

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """Resolve ``name``; the answer must be public unless a person named the host."""
        answer: Deferred[str] = super().getHostByName(name, timeout)
        return answer.addCallback(refuse_local, name)


def refuse_local(address: str, name: str) -> str:
    """Return ``address``, which ``name`` resolves to. Raises ``DNSLookupError`` (an ``OSError``) if it is
    local and no person named it.
    """
    if name not in _named_by_user and not is_public(address):
        local_answers[name] = address
        raise DNSLookupError(f"{name} resolves to {address}, an address of the local network")
    return address
