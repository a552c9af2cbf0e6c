"""``wardcrawler serve``: the database as pages in a browser."""

import signal
import sys
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

import click

from wardcrawler.api.database import open_database
from wardcrawler.cli.options import db_option, loudness_options
from wardcrawler.cli.output.text import complain
from wardcrawler.exit_codes import OK, USAGE

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
INSTALL = "pip install 'wardcrawler[browse]'"


@click.command(short_help="Pages on the database, in your browser.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="Where to listen; 0 takes any free port.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at. With any other everybody who can reach it reads the database.",
)
@db_option
@loudness_options
def serve(port: int, host: str, db: Path, quiet: bool, verbose: bool) -> None:
    """Show the database in your browser: first page, search, articles, portals, ready-made queries, SQL.

    Nothing is written, and a crawl may go on meanwhile. Ctrl-C ends it. Without a terminal nothing is said
    but with -v, which also prints every request.
    """
    if not has_pages():
        complain(f"pages need Datasette; install it with: {INSTALL}")
        sys.exit(USAGE)
    open_database(db).close()  # what is wrong with it is said now, not in a browser
    from wardcrawler.web import server  # noqa: PLC0415  half a second, and only where installed

    try:
        listener = server.bind(host, port)
    except server.AddressProblem as problem:
        complain(str(problem))
        sys.exit(USAGE)
    if host not in _LOOPBACK:
        complain(f"everybody who can reach {host} can read {db} now; there is no password")
    if verbose or (sys.stdout.isatty() and not quiet):
        address = f"[{host}]" if ":" in host else host
        click.echo(f"{db} is at http://{address}:{listener.getsockname()[1]}/  (Ctrl-C ends it)", err=verbose)
    signal.signal(signal.SIGTERM, _end)
    server.serve(db, listener, verbose=verbose)


def has_pages() -> bool:
    """Say whether what the pages need is installed."""
    return find_spec("datasette") is not None


def _end(number: int, frame: FrameType | None) -> None:
    """End well: a service manager's way of ending a server is no failure."""
    sys.exit(OK)
