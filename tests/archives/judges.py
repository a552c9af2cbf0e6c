"""Programs of others that judge archives: ``make judges`` installs them into an environment of their own."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def replaying(folder: Path, wacz: Path) -> Iterator[int]:
    """pywb over the WACZ, on loopback; its port."""
    manager = judge("wb-manager")
    for arguments in (["init", "a"], ["add", "--unpack-wacz", "a", str(wacz)]):
        subprocess.run([manager, *arguments], cwd=folder, capture_output=True, check=True)
    (folder / "config.yaml").write_text("framed_replay: false\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    server = subprocess.Popen(
        [judge("pywb"), "-b", "127.0.0.1", "-p", str(port)], cwd=folder,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                continue
        yield port
    finally:
        server.terminate()
        server.wait()
