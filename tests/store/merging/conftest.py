"""Machines on one clock."""

from pathlib import Path

import pytest

from tests.store.merging.machine import Machine, MakeMachine
from tests.support.records import Clock


@pytest.fixture
def machine(tmp_path: Path, clock: Clock) -> MakeMachine:
    """Makes a machine by name, with a folder of its own."""

    def make(name: str) -> Machine:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return Machine(folder / "ward.db", clock)

    return make
