"""Compare saved pages with what is read from them now: ``python -m tests.portals.refresh [FILE…]``.

Prints a unified diff of every expectation that would change, exit code 1 if any; ``--accept`` writes them.
A new page needs a JSON file with its ``url`` and ``platform`` first.
"""

import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.support.saved_pages import as_text, pages, read


def main(arguments: Sequence[str]) -> int:
    accept = "--accept" in arguments
    named = [
        Path(argument).with_suffix(".html").resolve() for argument in arguments if argument != "--accept"
    ]
    changed = 0
    for page in named or pages():
        target = page.with_suffix(".json")
        new = as_text(read(page))
        difference = "".join(_difference(target, new))
        if not difference:
            continue
        changed += 1
        print(difference, end="")
        if accept:
            target.write_text(new, "utf-8")
    print(f"{changed} of {len(named or pages())} expectations {'written' if accept else 'differ'}")
    return 1 if changed and not accept else 0


def _difference(target: Path, new: str) -> Iterator[str]:
    old = target.read_text("utf-8")
    return difflib.unified_diff(
        old.splitlines(keepends=True),
        new.splitlines(keepends=True),
        f"{target.name} (stored)",
        f"{target.name} (read)",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
