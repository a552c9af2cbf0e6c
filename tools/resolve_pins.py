"""Check that the pins of ``constraints.txt`` hold on every supported Python: ``python tools/resolve_pins.py``

For each Python, pip must find a wheel of every pin that applies there, and every requirement of the project
(with the extra ``dev``) and of the packages it leads to must be met by a pin. With one candidate for each
package there is nothing for pip to try again with another version, which takes it minutes. Exit code 1, with
a line for each fault that names package and Python. Pins that no Python needs are faults too. Asks the
package index as pip does, and takes about 15 seconds of a core for each Python.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11.0", "3.12.0", "3.13.0", "3.14.0", "3.15.0")
"""The oldest release of each minor version: what it can have, later ones can."""
WITHOUT_WHEELS: dict[str, SpecifierSet] = {}
"""Packages that are published as source only, and for which Pythons."""
UNPINNED = frozenset({"pip", "setuptools"})
"""What makes environments; any version will do."""

Requirements = Mapping[str, list[Requirement]]


class Checked(NamedTuple):
    """The faults found for one Python, and the names of the packages that are needed there."""

    faults: list[str]
    needed: set[str]


class Answer(NamedTuple):
    """What pip said of the pins: its faults, and the requirements of the pinned packages by name."""

    faults: list[str]
    requirements: dict[str, list[Requirement]]


def main() -> int:
    """Check all Pythons, two at a time."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    with ThreadPoolExecutor(2) as pool:
        checked = list(pool.map(lambda python: check(python, pins, project), PYTHONS))
    faults = [fault for each in checked for fault in each.faults]
    if not faults:
        needed = set[str]().union(*(each.needed for each in checked))
        names = {canonicalize_name(pin.name) for pin in pins}
        faults = [f"No Python needs {name}, which is pinned" for name in sorted(names - needed)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def check(python: str, pins: list[Requirement], project: dict[str, Any]) -> Checked:
    """Ask pip for the pins that apply to ``python``, and walk from the project to all that it needs there."""
    environment = environment_of(python)
    there = {
        canonicalize_name(pin.name): pin
        for pin in pins
        if pin.marker is None or pin.marker.evaluate(environment)
    }
    sources = {name for name, pythons in WITHOUT_WHEELS.items() if python in pythons}
    answer = ask_pip(python, [f"{name}{pin.specifier}" for name, pin in there.items() if name not in sources])
    faults, needed = list(answer.faults), set[str]()
    if not faults:
        name = canonicalize_name(project["name"])
        known = answer.requirements | {source: requirements_here(source) for source in sources}
        faults += walk(name, known | {name: project_requirements(project)}, there, environment, needed)
    return Checked([f"Python {python}: {fault}" for fault in faults], needed)


def environment_of(python: str) -> dict[str, str]:
    """Return what markers are evaluated against on ``python``, on a machine like this."""
    given: dict[str, Any] = dict(default_environment())
    minor = python.rpartition(".")[0]
    return given | {"python_version": minor, "python_full_version": python, "implementation_version": python}


def project_requirements(project: dict[str, Any]) -> list[Requirement]:
    """Return the project's requirements as its metadata would have them."""
    requirements = [Requirement(each) for each in project["dependencies"]]
    for extra, those in project["optional-dependencies"].items():
        requirements += [Requirement(f'{each}; extra == "{extra}"') for each in those]
    return requirements


def requirements_here(name: str) -> list[Requirement]:
    """Return what the installed package requires: pip would have to run a source's set-up code to tell."""
    return [Requirement(line) for line in distribution(name).requires or ()]


def ask_pip(python: str, pins: list[str]) -> Answer:
    """Ask pip for the wheels of ``pins``.

    Which Pythons a package is for is compared here: ``pip install`` compares it with the Python it runs on.
    """
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--quiet",
             "--disable-pip-version-check", "--ignore-requires-python", "--only-binary=:all:",
             "--python-version", python, "--target", folder, "--report", str(report), *pins],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR: No matching")]
            return Answer(errors or [done.stderr], {})
        packages = json.loads(report.read_text("utf-8"))["install"]
    faults, requirements = [], {}
    for package in packages:
        metadata = package["metadata"]
        name = canonicalize_name(metadata["name"])
        requirements[name] = [Requirement(line) for line in metadata.get("requires_dist", ())]
        pythons = metadata.get("requires_python", "")
        if python not in SpecifierSet(pythons):
            faults.append(f"{name} {metadata['version']} is for Python {pythons}")
        if package.get("is_yanked"):
            faults.append(f"{name} {metadata['version']} was withdrawn by its authors")
    return Answer(faults, requirements)


def walk(
    name: str,
    requirements: Requirements,
    pins: Mapping[str, Requirement],
    environment: Mapping[str, str],
    needed: set[str],
) -> Iterator[str]:
    """Yield what is wrong with the pins of all that ``name[dev]`` leads to; add those to ``needed``."""
    waiting, seen = [(name, "dev"), (name, "")], set[tuple[str, str]]()
    while waiting:
        if (place := waiting.pop()) in seen:
            continue
        seen.add(place)
        package, extra = place
        for requirement in requirements[package]:
            wanted = canonicalize_name(requirement.name)
            applies = not requirement.marker or requirement.marker.evaluate({**environment, "extra": extra})
            if not applies or wanted in UNPINNED:
                continue
            if wanted != name:
                needed.add(wanted)
                if wanted not in pins:
                    yield f"{package} needs {requirement}, which has no pin"
                    continue
                if str(pins[wanted].specifier).removeprefix("==") not in requirement.specifier:
                    yield f"{package} needs {requirement}, but {pins[wanted]} is pinned"
            waiting += [(wanted, each) for each in ("", *requirement.extras)]


if __name__ == "__main__":
    sys.exit(main())
