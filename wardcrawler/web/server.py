"""Server: Datasette with our pages, on a socket that is bound already."""

import os
import socket
import threading
from contextlib import closing, suppress
from pathlib import Path

os.environ["DATASETTE_LOAD_PLUGINS"] = ""  # only ours: another plugin might show crawled HTML as it is

import uvicorn
from datasette import handle_exception as its_handle_exception
from datasette.app import Datasette
from datasette.plugins import pm

from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.web import plugin
from wardcrawler.web.database import NAME, LiveDatabase
from wardcrawler.web.headers import Guard, datasette_policy
from wardcrawler.web.pages.home import summary

_HERE = Path(__file__).parent

_SETTINGS = {
    "allow_download": False,  # of a file that a crawl writes into: 'wardcrawler backup' copies it
    "default_page_size": 50,
    "max_returned_rows": 2_000,
    "sql_time_limit_ms": 5_000,
    "facet_time_limit_ms": 1_000,
    "suggest_facets": False,  # one query for each of the 36 columns of records; the menu of a column has it
    "truncate_cells_html": 240,
    "default_cache_ttl": 0,  # a crawl may write at any moment
    "max_csv_mb": 0,
}


_INLINE_STYLES = ["border-color: #ff0000"]
"""The style attributes of Datasette's page of a table: the colour of a database whose file may change."""


class AddressProblem(Exception):
    """The server cannot listen there; the message says why and what to do, in one line."""


def bind(host: str, port: int) -> socket.socket:
    """Open a listening socket; port 0 takes any free one. Raises :class:`AddressProblem`."""
    try:
        (family, kind, protocol, _, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise AddressProblem(f"{host!r} is no address of this machine: {error.strerror}") from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise AddressProblem(_why(error, host, port)) from None
    return listener


def _why(error: OSError, host: str, port: int) -> str:
    if isinstance(error, PermissionError):
        return f"port {port} needs the rights of root; choose one above 1023 with --port"
    if error.errno == 99:  # EADDRNOTAVAIL
        return f"{host} is no address of this machine; leave --host out to listen on this machine alone"
    return f"port {port} on {host} is in use, perhaps by another 'serve'; choose another with --port"


def application(db: Path) -> Datasette:
    """Make Datasette with the database at ``db`` and our pages."""
    if not pm.is_registered(plugin):
        pm.register(plugin, name="wardcrawler")
        pm.unregister(its_handle_exception)  # it would print the trace of a mere 404
    datasette = Datasette(
        files=[],
        settings=_SETTINGS,
        template_dir=str(_HERE / "templates"),
        static_mounts=[("assets", str(_HERE / "static"))],
    )
    datasette.remove_database("_memory")
    datasette.add_database(LiveDatabase(datasette, str(db)), name=NAME)
    return datasette


def guarded(datasette: Datasette) -> Guard:
    """Put the headers around the application."""
    return Guard(datasette.app(), datasette_policy(_INLINE_STYLES))


def _count(path: Path) -> None:
    with suppress(DatabaseProblem), closing(open_database(path, read_only=True)) as db:
        summary.get(db, path)


def serve(db: Path, listener: socket.socket, *, verbose: bool) -> None:
    """Answer until a signal comes; SIGINT ends as ``KeyboardInterrupt``. ``verbose`` logs each request."""
    # The first page needs what takes longest; whoever asks meanwhile waits for it.
    threading.Thread(target=_count, args=(db,), daemon=True).start()
    config = uvicorn.Config(
        guarded(application(db)),
        log_level="info" if verbose else "error",
        access_log=verbose,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listener])
