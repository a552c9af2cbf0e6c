"""Options that commands share, and the command class that tells wrong input with the command's usage."""

import functools
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from wardcrawler.api.errors import InputError
from wardcrawler.api.options import CrawlOptions, PortalChoice

DEFAULT_DB = "output/wardcrawler.db"
DAY = click.DateTime(formats=["%Y-%m-%d"])

_Callback = TypeVar("_Callback", bound=Callable[..., Any])
_Decorator = Callable[[Any], Any]


class Command(click.Command):
    """A command of which an ``InputError`` is a usage error: told with the command's usage, exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Invoke the command."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            raise click.UsageError(str(error), ctx) from None


def command_line() -> str:
    """Return the command line as a person could type it."""
    return shlex.join(["wardcrawler", *sys.argv[1:]])


def _decorated(command: Any, decorators: Sequence[_Decorator]) -> Any:
    """Apply ``decorators``; the first one's option comes first in the help."""
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


def db_option(command: _Callback) -> _Callback:
    """Add ``--db PATH``, else ``WARDCRAWLER_DB``, else ``output/wardcrawler.db``."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        default=lambda: os.environ.get("WARDCRAWLER_DB") or DEFAULT_DB,
        show_default=f"$WARDCRAWLER_DB or {DEFAULT_DB}",
        help="The database.",
    )(command)


def json_option(command: _Callback) -> _Callback:
    """Add ``--json``: one JSON document on standard output."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def quiet_option(command: _Callback) -> _Callback:
    """Add ``-q``."""
    return click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors, on a terminal too.")(
        command
    )


def loudness_options(command: _Callback) -> _Callback:
    """Add ``-q`` and ``-v``."""
    return quiet_option(
        click.option("-v", "--verbose", is_flag=True, help="Show the log on standard error.")(command)
    )


# --- which records -----------------------------------------------------------------------------------------


def filter_options(command: _Callback) -> _Callback:
    """Add ``--site --level --province --unit --category``, each as often as wanted, ``--since``, ``--until``.

    The command gets them together as ``filters``, arguments for ``Database.search`` and the like.
    """

    @functools.wraps(command)
    def with_filters(
        *arguments: Any,
        site: tuple[str, ...],
        level: tuple[str, ...],
        province: tuple[str, ...],
        unit: tuple[str, ...],
        category: tuple[str, ...],
        since: datetime | None,
        until: datetime | None,
        **others: Any,
    ) -> Any:
        filters = {
            "site": site, "level": level, "province": province, "unit": unit, "category": category,
            "since": as_day(since), "until": as_day(until),
        }  # fmt: skip
        return command(*arguments, filters=filters, **others)

    names = (
        ("--site", "NAME", "Only of this portal; may be repeated, like the next four."),
        ("--level", "LEVEL", "Only of portals of this level: ward, commune, district, province."),
        ("--province", "NAME", "Only of portals of this province, e.g. hcm."),
        ("--unit", "NAME", "Only of this unit's portal, by its name then or now, or its code."),
        ("--category", "NAME", "Only of this section of portals."),
    )
    decorated: _Callback = _decorated(
        with_filters,
        [
            click.option("--since", type=DAY, metavar="DATE", help="Only published on this day or later."),
            click.option("--until", type=DAY, metavar="DATE", help="Only published on this day or earlier."),
            *(click.option(name, multiple=True, metavar=word, help=words) for name, word, words in names),
        ],
    )
    return decorated


def as_day(value: datetime | None) -> date | None:
    """Return the day of an option of the type ``DAY``."""
    return value.date() if value else None


# --- what is crawled, and how ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CrawlArguments:
    """What ``crawl`` and ``archive`` are both told."""

    choice: PortalChoice
    options: CrawlOptions
    db: Path
    quiet: bool
    verbose: bool
    as_json: bool


def own_portals_option(command: _Callback) -> _Callback:
    """Add ``--portals FILE``: portals of one's own, registered beside the others."""
    return click.option(
        "--portals",
        "files",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Portals of your own, rows as in spiders/portals.csv; may be repeated. [$WARDCRAWLER_PORTALS]",
    )(command)


def crawl_options(
    *own: _Decorator,
    own_after_jobs: Sequence[_Decorator] = (),
    attachments: bool | None,
    attachments_help: str,
    timeout_help: str,
    jobs_help: str,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the options that ``crawl`` and ``archive`` share, and their ``own`` among them.

    The command gets what they share as its first argument, :class:`CrawlArguments`. ``attachments`` is the
    default of ``--attachments``.
    """
    options = [
        click.argument("site", nargs=-1),
        click.option("--all", "all_", is_flag=True, help="Every registered portal that is not retired."),
        click.option(
            "--select", metavar="KEY=VALUE,…", help="Portals by level, province, status or platform."
        ),
        click.option(
            "--url",
            multiple=True,
            callback=_only_one,
            metavar="URL",
            help="An unregistered portal; the site is named after its host.",
        ),
        click.option(
            "--section",
            "sections",
            multiple=True,
            metavar="PATH",
            help="With --url: a listing of the portal.",
        ),
        click.option("--platform", help="With --url: do not recognise the platform, it is this one."),
        own_portals_option,
        *own,
        click.option("--limit", type=click.IntRange(min=1), help="At most so many articles of each portal."),
        click.option(
            "--delay",
            type=click.FloatRange(min=0),
            metavar="S",
            help="Seconds between requests to a host. [1]",
        ),
        click.option("--user-agent", metavar="TEXT", help="Who we say we are; name a contact."),
        click.option("--attachments/--no-attachments", default=attachments, help=attachments_help),
        click.option(
            "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="S", help=timeout_help
        ),
        click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=jobs_help),
        *own_after_jobs,
        click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="A Scrapy setting."),
        db_option,
        loudness_options,
        json_option,
    ]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def with_arguments(
            site: tuple[str, ...],
            all_: bool,
            select: str | None,
            url: str | None,
            sections: tuple[str, ...],
            platform: str | None,
            files: tuple[Path, ...],
            limit: int | None,
            delay: float | None,
            user_agent: str | None,
            attachments: bool | None,
            timeout: float | None,
            jobs: int | None,
            settings: tuple[str, ...],
            db: Path,
            quiet: bool,
            verbose: bool,
            as_json: bool,
            **own: Any,
        ) -> None:
            choice = PortalChoice(
                names=site, everything=all_, select=select, url=url, sections=sections, platform=platform,
                files=files,
            )  # fmt: skip
            options = CrawlOptions(
                limit=limit, delay=delay, user_agent=user_agent, attachments=attachments, timeout=timeout,
                jobs=jobs, settings=_parsed(settings),
            )  # fmt: skip
            command(CrawlArguments(choice, options, db, quiet, verbose, as_json), **own)

        decorated: Callable[..., None] = _decorated(with_arguments, options)
        return decorated

    return decorate


def _only_one(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> str | None:
    """Return the one value of an option: of several the last would count, the others be lost in silence."""
    if len(given) > 1:
        raise click.UsageError(
            f"--url was given {len(given)} times: one portal at a time, or rows in a file of --portals"
        )
    return next(iter(given), None)


def _parsed(settings: Sequence[str]) -> dict[str, object]:
    parsed: dict[str, object] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.isupper():
            raise click.UsageError(f"--set {setting}: expected a Scrapy setting as KEY=VALUE")
        parsed[name] = value
    return parsed


def require_one_way(choice: PortalChoice) -> None:
    """Raise ``click.UsageError`` unless the portals are chosen in one way."""
    if (choice.sections or choice.platform) and not choice.url:
        raise click.UsageError("--section and --platform go with --url")
    if sum(map(bool, (choice.names, choice.everything, choice.select, choice.url))) != 1:
        raise click.UsageError("give portal names, or --all, or --select, or --url")


def require_address(url: str) -> None:
    """Raise ``click.UsageError`` for what was given to ``--url`` and is no address of a page."""
    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"--url '{url}' is not an http or https address")
