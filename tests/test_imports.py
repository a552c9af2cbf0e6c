"""What tests share stands in ``tests/support/`` or in a module beside them, in no other test or conftest."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_no_module_imports_a_test_or_a_conftest() -> None:
    wrong = [
        f"{module.relative_to(TESTS)} imports {name}"
        for module in sorted(TESTS.rglob("*.py"))
        for name in imported(module)
        if name.startswith("tests.") and name.rpartition(".")[2].startswith(("test_", "conftest"))
    ]
    assert wrong == []
