"""The ``wardcrawler`` command: one module for each group of commands, loaded when it is asked for."""

import errno
import importlib
import os
import sys

import click

from wardcrawler.api.errors import CrawlFailed, DatabaseProblem
from wardcrawler.cli.output.text import complain
from wardcrawler.exit_codes import INTERRUPTED, MEANINGS, STORAGE
from wardcrawler.version import __version__

_MODULES = {
    "archive": "crawl",
    "backup": "database",
    "check": "portals",
    "crawl": "crawl",
    "demo": "demo",
    "export": "query",
    "merge": "database",
    "parse": "parse",
    "probe": "portals",
    "reindex": "database",
    "reparse": "archives",
    "schedule": "schedule",
    "search": "query",
    "serve": "serve",
    "show": "query",
    "sites": "portals",
    "status": "status",
    "units": "units",
    "verify": "archives",
}
"""The module of each command."""

_CANNOT_BE_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)

_HELP = f"""Crawl Vietnamese local-government portals into deduplicated SQLite records.

Exit codes: {", ".join(f"{code} {meaning}" for code, meaning in MEANINGS.items())}.
"""


class _LazyGroup(click.Group):
    """Imports a command's module when the command is named: ``search`` need not wait for Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            return None
        module = importlib.import_module(f"wardcrawler.cli.{_MODULES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(
    cls=_LazyGroup,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="wardcrawler")
def cli() -> None:
    """Take the options of the program itself: there are none but --version and --help."""


def main() -> None:
    """Run the command line. A known problem ends it with one line and its own exit code."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.exceptions.Abort:
        complain("interrupted")
        sys.exit(INTERRUPTED)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except (DatabaseProblem, CrawlFailed) as problem:
        complain(str(problem))
        sys.exit(problem.exit_code)
    except BrokenPipeError:  # `wardcrawler export | head`
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno not in _CANNOT_BE_WRITTEN:
            raise
        _end_unwritten(error)


def _end_unwritten(error: OSError) -> None:
    """End where standard output cannot be written."""
    complain(f"the output cannot be written: {error.strerror}; write it to another disk")
    # What is left in the buffer cannot be written at the end either.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.exit(STORAGE)
