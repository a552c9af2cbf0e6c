"""Collect the tests twice and compare their ids: ``python tools/compare_test_ids.py``.

Two test workers must collect the same tests, so no id may depend on the time, the hash seed, the time zone,
the locale or the current folder. The second collection differs from the first in all of them. Exit code 1,
with the first ids that differ, if the two are not the same in the same order. Run with the Python that has
pytest.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHOWN = 3


def collect(folder: Path, **variables: str) -> list[str]:
    """Return the ids of all tests in order, collected from ``folder`` with these environment variables."""
    done = subprocess.run(  # our own interpreter
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "--rootdir", str(ROOT), "-c",
         str(ROOT / "pyproject.toml"), "-p", "no:cacheprovider", str(ROOT / "tests")],
        capture_output=True, text=True, cwd=folder, env=os.environ | variables, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"The tests cannot be collected:\n{done.stdout}{done.stderr}")
    ids = [line.partition("tests/")[2] for line in done.stdout.splitlines() if "::" in line]
    if not ids:
        raise SystemExit("No tests were collected.")
    return ids


def wait_for_another_second() -> None:
    """Return once the clock shows another second than now."""
    second = int(time.time())
    while int(time.time()) == second:
        time.sleep(0.05)


def differences(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Describe each place at which the two lists of ids differ."""
    return [
        f"test {place} is {first or 'missing'} in one and {second or 'missing'} in the other"
        for place, (first, second) in enumerate(zip_longest(one, other), 1)
        if first != second
    ]


def main() -> int:
    """Collect, wait, collect otherwise, compare."""
    one = collect(ROOT, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    wait_for_another_second()
    other = collect(ROOT / "tests", PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C")
    found = differences(one, other)
    for each in found[:SHOWN]:
        print(f"Two collections of the tests differ: {each}", file=sys.stderr)
    if len(found) > SHOWN:
        print(f"… and {len(found) - SHOWN} more", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
