"""What ``import wardcrawler`` offers, and what it loads."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import wardcrawler
from tests.support.command import environment

PACKAGE = Path(wardcrawler.__file__).parent
HEAVY = {"scrapy", "twisted", "sqlite3"}


def loaded_by(program: str) -> set[str]:
    """The names of ``HEAVY`` modules that are loaded after ``program`` ran in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)"],
        env=environment(), check=True, capture_output=True, text=True,
    )  # fmt: skip
    return HEAVY & set(done.stdout.split())


def test_the_import_alone_loads_nothing() -> None:
    assert loaded_by("import wardcrawler") == set()


def test_extracting_loads_neither_scrapy_nor_a_database() -> None:
    assert loaded_by("import wardcrawler; wardcrawler.extract") == set()


def test_units_load_neither() -> None:
    assert loaded_by("import wardcrawler; wardcrawler.units.find('P.9, Q. Tân Bình')") == set()


def test_a_database_does_not_load_scrapy() -> None:
    assert loaded_by("import wardcrawler; wardcrawler.open; wardcrawler.crawl") == {"sqlite3"}


@pytest.mark.parametrize("module", ["database", "parse", "query", "status", "units"])
def test_a_command_that_only_reads_need_not_wait_for_scrapy(module: str) -> None:
    assert loaded_by(f"import wardcrawler.cli.{module}") <= {"sqlite3"}


def test_every_public_name_is_there() -> None:
    assert set(wardcrawler.__all__) <= set(dir(wardcrawler))
    for name in wardcrawler.__all__:
        assert getattr(wardcrawler, name) is not None


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'crwal'"):
        wardcrawler.crwal  # type: ignore[attr-defined]  # noqa: B018


def test_the_types_are_of_the_same_names_from_the_same_modules() -> None:
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    imported = {
        alias.asname: (node.module, alias.name)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    (listed,) = [node.value for node in stub.body if isinstance(node, ast.Assign)]
    assert ast.literal_eval(listed) == wardcrawler.__all__
    assert set(imported) == set(wardcrawler.__all__)
    for name, (module, original) in imported.items():
        assert getattr(sys.modules[module or ""], original) is getattr(wardcrawler, name)  # both are loaded
    assert (PACKAGE / "py.typed").is_file()


def test_nothing_of_ours_imports_the_public_names_above_it() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "wardcrawler":
                assert {alias.name for alias in node.names}.isdisjoint(wardcrawler.__all__), path
