"""The ``wardcrawler`` command: one file for each group of commands, loaded when it is asked for."""

import errno
import importlib
import os
import sys

import click

from wardcrawler import __version__
from wardcrawler.cli.exits import INTERNAL, INTERRUPTED
from wardcrawler.cli.options import complain
from wardcrawler.crawling.workers.limits import WorkersDoNotStart
from wardcrawler.exit_codes import STORAGE
from wardcrawler.store.database.errors import DatabaseProblem

_COMMANDS = {
    "archive": "archive",
    "backup": "backup",
    "check": "check",
    "crawl": "crawl",
    "demo": "demo",
    "export": "export",
    "merge": "merge",
    "parse": "parse",
    "probe": "probe",
    "reindex": "reindex",
    "reparse": "reparse",
    "schedule": "schedule",
    "search": "search",
    "serve": "serve",
    "show": "show",
    "sites": "sites",
    "status": "status",
    "units": "units",
    "verify": "verify",
}


_CANNOT_BE_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


class _LazyGroup(click.Group):
    """Imports a command's module when the command is named: ``search`` need not wait for Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"wardcrawler.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(
    cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="wardcrawler")
def cli() -> None:
    """Crawl Vietnamese local-government portals into deduplicated SQLite records.

    Exit codes: 0 all well, 1 internal failure, 2 wrong usage or input, 3 some portals unhealthy,
    4 none succeeded, 5 the database could not be written, 75 another run holds the database,
    130 interrupted.
    """


def main() -> None:
    """Run the command line. Problems with the database end it with one line and their own exit code."""
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
    except DatabaseProblem as problem:
        complain(str(problem))
        sys.exit(problem.exit_code)
    except WorkersDoNotStart as problem:
        complain(str(problem))
        sys.exit(INTERNAL)
    except BrokenPipeError:  # `wardcrawler export | head`
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno not in _CANNOT_BE_WRITTEN:
            raise
        complain(f"the output cannot be written: {error.strerror}; write it to another disk")
        # What is left in the buffer cannot be written at the end either.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        sys.exit(STORAGE)
