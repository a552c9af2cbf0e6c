"""A replica portal behind TLS: certificates made here, and a server that passes requests on."""

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


def certificate(folder: Path, name: str, *, expired: bool = False) -> Path:
    """A self-signed certificate for an IP address or a name, with its key, as one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    try:
        alternative: x509.GeneralName = x509.IPAddress(ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    until = datetime.now(UTC) + (-DAY if expired else DAY)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - 10 * DAY)
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}{'-expired' if expired else ''}.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


class _Proxy(BaseHTTPRequestHandler):
    """Asks the portal what it is asked, after a TLS handshake of its own: a failed one is answered with an
    alert, as real servers do.
    """

    def __init__(self, context: ssl.SSLContext, portal: str, request: socket.socket, *more: Any) -> None:
        self.portal = portal
        try:
            with context.wrap_socket(request, server_side=True) as secured:
                super().__init__(secured, *more)
        except OSError:
            request.close()

    def do_GET(self) -> None:
        connection = HTTPConnection(self.portal)
        connection.request("GET", self.path, headers=dict(self.headers))
        answer = connection.getresponse()
        body = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        connection.close()


@contextmanager
def behind_tls(address: str, pem: Path, *, tls_1_0: bool = False) -> Iterator[str]:
    """The portal at ``address`` over HTTPS; yields ``https://127.0.0.1:<port>``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if tls_1_0:
        _keep_to_tls_1_0(context)
    handler: Any = partial(_Proxy, context, urlsplit(address).netloc)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _keep_to_tls_1_0(context: ssl.SSLContext) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")


def speaks_tls_1_0(pem: Path) -> bool:
    """Whether this machine's Python can still speak TLS 1.0 with itself."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    server.load_cert_chain(pem)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        for context in (server, client):
            _keep_to_tls_1_0(context)
        ends = (
            client.wrap_bio(to_client, to_server),
            server.wrap_bio(to_server, to_client, server_side=True),
        )
        for end in ends * 4:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
    except (ssl.SSLError, ValueError):
        return False
    return ends[0].version() == "TLSv1"
