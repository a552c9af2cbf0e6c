"""Programs of others that judge archives: ``make judges`` installs them into an environment of their own."""

import shutil
from pathlib import Path

import pytest

PLACES = (Path(__file__).parents[2] / ".venv-judges" / "bin",)


def judge(name: str) -> str:
    """The path of the program ``name``; skips the test, with the reason, where it is not installed."""
    for place in PLACES:
        if (place / name).exists():
            return str(place / name)
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: make judges")
    return found
