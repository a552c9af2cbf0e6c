"""Machines on one clock."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.conftest import Clock
from tests.store.merging.machine import Machine

MakeMachine = Callable[[str], Machine]


@pytest.fixture
def machine(tmp_path: Path, clock: Clock) -> MakeMachine:
    """Makes a machine by name, with a folder of its own."""

    def make(name: str) -> Machine:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return Machine(folder / "ward.db", clock)

    return make
