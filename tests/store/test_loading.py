"""What the database's library brings with it."""

import json
import subprocess
import sys

import pytest

WATCHED = ("pandas", "numpy", "pyarrow")


@pytest.mark.parametrize("module", ["wardcrawler.pipelines.store", "wardcrawler.crawling.workers.worker"])
def test_sqlite_utils_is_loaded_without_what_it_would_only_know_types_of(module: str) -> None:
    program = (
        f"import {module}, json, sys; print(json.dumps([name for name in {WATCHED} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == []
