"""The examples of docs/python-api.md, run in order as a reader would, on the demo's database."""

import inspect
import io
import re
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import wardcrawler
from wardcrawler.api.crawl import process

PAGE = (Path(__file__).parents[2] / "docs" / "python-api.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


def test_every_example_runs_and_prints_what_stands_there(
    demo: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def no_crawl(*arguments: Any, **named: Any) -> list[wardcrawler.RunResult]:
        asked.append(inspect.signature(process.crawl).bind(*arguments, **named).arguments)
        return []

    monkeypatch.setattr(wardcrawler, "crawl", no_crawl)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "demo.db").symlink_to(demo[0])
    names: dict[str, Any] = {}
    examples = BLOCK.findall(PAGE)
    with chdir(tmp_path):
        for code, expected in examples:
            printed = io.StringIO()
            with redirect_stdout(printed):
                exec(code, names)  # noqa: S102  # the page's own code
            assert printed.getvalue() == expected or not expected, code
    assert len(asked) == sum("# needs the network" in code for code, _ in examples) == 2


def test_every_public_name_is_explained() -> None:
    for name in wardcrawler.__all__:
        assert re.search(rf"`(wardcrawler\.)?{name}\b", PAGE), name
