"""The settings module as Scrapy reads it."""

import ast
from collections import Counter
from pathlib import Path

import wardcrawler.settings


def test_no_setting_is_set_twice_for_the_second_would_silently_win() -> None:
    tree = ast.parse(Path(wardcrawler.settings.__file__).read_text("utf-8"))
    names = Counter(
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    )
    assert "SPIDER_MIDDLEWARES" in names
    assert [name for name, count in names.items() if count > 1] == []
