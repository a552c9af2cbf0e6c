"""``docs/questions.md`` with its outputs made anew: ``python -m tests.docs.questions``.

Every fenced block of ``sh``, ``sql`` and ``python`` is run in order, as a reader would, in a folder that has
the demo's database as ``output/demo.db``; a block ``text`` right after it is what it printed.
"""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.support.command import environment, run

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
_BLOCK = re.compile(r"```(sh|sql|python)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


def made_anew(page: str, folder: Path) -> str:
    """``page`` with the outputs that its blocks have in ``folder``."""
    names: dict[str, Any] = {}
    run: dict[str, Callable[[str], str]] = {
        "sh": lambda code: _run(["bash", "-euc", code]),
        "sql": lambda code: _run(["sqlite-utils", "query", "output/demo.db", code, "--table"]),
        "python": lambda code: _python(code, names),
    }

    def renew(block: re.Match[str]) -> str:
        language, code, _ = block.groups()
        printed = "\n".join(line.rstrip() for line in run[language](code).splitlines())
        shown = f"\n```text\n{printed}\n```\n" if printed else ""
        return f"```{language}\n{code}```\n{shown}"

    with chdir(folder):
        return _BLOCK.sub(renew, page)


def _run(command: list[str]) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(PATH=path))
    assert (done.returncode, done.stderr) == (0, ""), f"{command}: {done.stderr}"
    return done.stdout


def _python(code: str, names: dict[str, Any]) -> str:
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(code, names)  # noqa: S102  # the page's own code
    return printed.getvalue()


def main() -> None:
    """Crawl the demo and write the page."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        db = folder / "output" / "demo.db"
        run("demo", "--db", db, check=True)
        PAGE.write_text(made_anew(PAGE.read_text(encoding="utf-8"), folder), encoding="utf-8")


if __name__ == "__main__":
    main()
