"""Crawl a real WordPress in all variants and judge by its database: ``python -m tools.live [NAME…]``.

Without the distribution's WordPress, PHP and MariaDB nothing is done: one line says how to install them, and
the exit code is 0. It is 1 where a variant fails.
"""

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from tools.live.crawl import Crawled, crawl
from tools.live.instance import Instance, wordpress
from tools.live.packages import INSTALL, missing
from tools.live.processes import LiveError
from tools.live.variants import VARIANTS, Variant

SHOWN = 3
HEAD = (
    f"{'variant':22}{'found':>9}{'not public':>12}{'twice':>7}{'title':>7}{'date':>6}{'pages':>7}"
    f"{'req/found':>11}{'exit':>6}"
)


def main() -> int:
    """Crawl the variants that are named, or all; print a line for each, then the faults."""
    parser = argparse.ArgumentParser(prog="python -m tools.live", description=__doc__)
    names = [variant.name for variant in VARIANTS]
    parser.add_argument("variants", nargs="*", metavar="NAME", help=f"default: all of {', '.join(names)}")
    parser.add_argument("--serve", action="store_true", help="serve the first variant until Ctrl-C instead")
    chosen = parser.parse_args()
    if unknown := set(chosen.variants) - set(names):
        parser.error(f"no such variant: {', '.join(sorted(unknown))}")
    if lacking := missing():
        print(f"Skipped, for want of {', '.join(lacking)}: {INSTALL}")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that servers end with us
    variants = [each for each in VARIANTS if not chosen.variants or each.name in chosen.variants]
    try:
        with (
            tempfile.TemporaryDirectory(prefix="wardcrawler-live-") as folder,
            wordpress(Path(folder)) as site,
        ):
            return show(site, variants[0]) if chosen.serve else check(site, variants, Path(folder))
    except LiveError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def show(site: Instance, variant: Variant) -> int:
    """Serve one variant until somebody has seen enough."""
    with site.serve(variant) as served:
        print(f"{variant.name}: {served.home} (Ctrl-C ends it)", flush=True)
        signal.pause()
    return 0


def check(site: Instance, variants: list[Variant], folder: Path) -> int:
    """Crawl and judge variants; print the table as it grows. Returns the exit code."""
    print(HEAD, flush=True)
    results: dict[str, Crawled] = {}
    for variant in variants:
        results[variant.name] = crawled = crawl(site, variant, folder)
        print(line(variant.name, crawled), flush=True)
    for name, crawled in results.items():
        for kind, faults in crawled.faults.items():
            more = f" {len(faults)}, of which" if len(faults) > SHOWN else ""
            print(f"\n{name}, {kind}:{more}", *faults[:SHOWN], sep="\n  ")
    failed = sum(not crawled.is_well for crawled in results.values())
    print(f"\n{len(results) - failed} of {len(results)} variants are well")
    return 1 if failed else 0


def line(name: str, crawled: Crawled) -> str:
    """Return a variant's row of the table."""
    verdict = crawled.verdict
    each = f"{crawled.requests / verdict.found:.2f}" if verdict.found else f"({crawled.requests})"
    return (
        f"{name:22}{f'{verdict.found}/{verdict.expected}':>9}{len(verdict.not_public):12}{len(verdict.twice):7}"
        f"{len(verdict.titles):7}{len(verdict.dates):6}{len(verdict.pages):7}{each:>11}{crawled.exit_code:6}"
        f"  {'well' if crawled.is_well else 'FAILS'}"
    )


if __name__ == "__main__":
    sys.exit(main())
