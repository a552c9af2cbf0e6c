"""The trust in a portal's TLS, and the words for one that cannot be trusted.

=============== ======================================================================================
``verified``    The default: the certificate must be valid, for this name, and signed by somebody this
                machine trusts. Scrapy itself verifies nothing: anybody on the way could forge a notice.
``unverified``  Any certificate will do. For chains without their intermediate, names that do not match.
``legacy``      Any certificate, and TLS 1.0 and 1.1, short keys and old ciphers too (``SECLEVEL=0``).
=============== ======================================================================================
"""

import ssl
from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.settings import BaseSettings
from service_identity import CertificateError, VerificationError

VERIFIED, UNVERIFIED, LEGACY = "verified", "unverified", "legacy"
TLS = (VERIFIED, UNVERIFIED, LEGACY)

_REMEDY = "if you trust it set tls = '{tls}' in its row (--set WARDCRAWLER_TLS={tls} with --url)"

# OpenSSL's words for a server that speaks nothing today's security level allows.
_OUTDATED = (
    "protocol version", "unsupported protocol", "no protocols available", "handshake failure",
    "insufficient security", "dh key too small", "ee key too small", "modulus too small",
    "unsafe legacy renegotiation", "wrong signature type", "wrong cipher returned",
)  # fmt: skip


def set_tls(settings: BaseSettings, declared: str) -> None:
    """Set a crawler's ``settings`` for a portal that declares ``declared``; ``WARDCRAWLER_TLS``, which a
    person gives for one run, counts before it. Raises ``ValueError`` for what is not in ``TLS``.

    ``DOWNLOAD_VERIFY_CERTIFICATES`` and the other Scrapy settings still win when given on the command line.
    """
    tls = settings.get("WARDCRAWLER_TLS") or declared
    if tls not in TLS:
        raise ValueError(f"WARDCRAWLER_TLS is '{tls}': expected one of {', '.join(TLS)}")
    settings.set("DOWNLOAD_VERIFY_CERTIFICATES", tls == VERIFIED, priority="spider")
    if tls == LEGACY:
        # Twisted's list of ciphers drops "@SECLEVEL=0", and the OpenSSL that comes with cryptography speaks
        # nothing before TLS 1.2; Python's own ssl module does both, and aiohttp uses that.
        handlers = dict(settings["DOWNLOAD_HANDLERS"] or {})
        handlers["https"] = "wardcrawler.crawling.middlewares.legacy_tls.LegacyTls"
        settings.set("DOWNLOAD_HANDLERS", handlers, priority="spider")
        settings.set("DOWNLOADER_CLIENT_TLS_CIPHERS", "DEFAULT:@SECLEVEL=0", priority="spider")
        settings.set("DOWNLOAD_TLS_MIN_VERSION", "TLSv1.0", priority="spider")


def tls_trouble(error: BaseException | None, host: str) -> str | None:
    """Return in words what is wrong with the TLS of ``host``, and the remedy, if that is why a request failed
    with ``error``; None if it failed for something else.
    """
    for cause in _causes(error):
        if isinstance(cause, VerificationError | CertificateError):
            return f"the certificate of {host} is for another name and cannot be verified; " + _remedy(
                UNVERIFIED
            )
        if not isinstance(cause, SSL.Error | ssl.SSLError):
            continue
        words = str(cause).lower().replace("_", " ")
        if "certificate verify failed" in words:
            return (
                f"the certificate of {host} cannot be verified (self-signed, expired, or without its chain); "
                + _remedy(UNVERIFIED)
            )
        if any(outdated in words for outdated in _OUTDATED):
            return f"{host} speaks no TLS that is safe today; " + _remedy(LEGACY)
    return None


def _remedy(tls: str) -> str:
    return _REMEDY.format(tls=tls)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, what it was raised from, and what Twisted hides in ``reasons``."""
    while error is not None:
        yield error
        for reason in getattr(error, "reasons", None) or ():
            yield from _causes(getattr(reason, "value", None))
        error = error.__cause__
