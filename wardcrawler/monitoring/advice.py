"""Advice on a portal that is not well: one sentence, with the command to type."""

import shlex
from typing import Any
from urllib.parse import urlsplit

_ADVICE = {
    "challenge": "Open {url} in a browser: if it shows the portal, ask more slowly, '{crawl} --delay 10 -v'; "
    "if the check stays, write to the office that runs it",
    "blocked": "Read {url}/robots.txt: if it forbids crawlers, ask the office for leave; "
    "if not, ask more slowly, '{crawl} --delay 10 -v'",
    "dead": "Open {url} in a browser: if it moved, run 'wardcrawler probe' on the new address; "
    "if it was given up, {give_up}",
    "redesigned": "Run 'wardcrawler probe {quoted_url}' and {correct}",
    "empty": "Run 'wardcrawler probe {quoted_url}' to see which sections it finds, and {correct}",
    "partial": "Wait for the next run, which asks again for what failed; if it stays so, see why with "
    "'{crawl} -v'",
    "error": "Run '{crawl} -v' and read the errors",
    "quiet": "Open {url} in a browser: if it has news, run 'wardcrawler probe {quoted_url}'; "
    "if it was given up, {give_up}",
    "never-ran": "Run '{crawl}'",
    "unfinished": "Let it run to its end with '{crawl}'; it goes on where it was",
    "stale": "See that the schedule still runs it ('crontab -l', 'systemctl list-timers'), "
    "then run '{crawl}'",
    "crashed": "Look for the reason at the end of the log{log} and in 'dmesg' (out of memory?), then run "
    "'{crawl}'; it goes on where it was",
}


def advise(row: dict[str, Any], *, options: str = "", log: str = "") -> str | None:
    """Return what to do about a row of ``assess_health``; None for a healthy one.

    ``options`` are appended to every command that needs the database (" --db x.db"); ``log`` is the path of
    its log.
    """
    if row["healthy"]:
        return None
    url = row["base_url"]
    by_address = urlsplit(url).netloc == row["site"]  # crawled with --url: there is no class to edit
    name = f"--url {shlex.quote(url)}" if by_address else row["site"]
    words = _ADVICE.get(row["state"], _ADVICE["error"]).format(
        url=url,
        quoted_url=shlex.quote(url),
        crawl=f"wardcrawler crawl {name}{options}",
        correct="crawl it with the --platform and --section it names"
        if by_address
        else "correct the portal's row in its portals.csv",
        give_up="crawl it no more" if by_address else 'set status = "retired" in the portal\'s row',
        log=f" ({log})" if log else "",
    )
    return f"{words}."
