"""One run at a time on one database."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.database.lock import PortalLock, RunLock, lock_is_held

HOLDER = """
import sys
from wardcrawler.store.database.lock import RunLock
with RunLock(sys.argv[1]):
    print("locked", flush=True)
    sys.stdin.read()
"""


def hold(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends or it is killed."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "locked\n"
    return holder


def test_a_second_run_is_told_who_holds_the_database(path: Path) -> None:
    with hold(path) as holder:
        with pytest.raises(DatabaseProblem) as caught, RunLock(path):
            pass
        holder.communicate("")
    assert f"process {holder.pid}" in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.exit_code == 75


def test_the_lock_is_free_again_after_the_run(path: Path) -> None:
    with RunLock(path):
        pass
    with RunLock(path):
        pass


def test_the_lock_is_free_again_after_a_kill(path: Path) -> None:
    with hold(path) as holder:
        holder.send_signal(signal.SIGKILL)
    assert holder.returncode == -signal.SIGKILL
    with RunLock(path):
        pass


def test_a_run_leaves_nothing_beside_the_database(path: Path) -> None:
    with RunLock(path):
        assert [file.name for file in path.parent.iterdir()] == ["wardcrawler.db.lock"]
    assert list(path.parent.iterdir()) == []


def test_two_locks_of_one_process_exclude_each_other(path: Path) -> None:
    with RunLock(path), pytest.raises(DatabaseProblem), RunLock(path):
        pass


def test_a_run_that_was_refused_leaves_the_lock_to_its_holder(path: Path) -> None:
    with RunLock(path):
        for _ in range(2):
            with pytest.raises(DatabaseProblem), RunLock(path):
                pass
        assert path.with_name("wardcrawler.db.lock").exists()


def test_a_lock_on_a_file_that_was_removed_meanwhile_does_not_count(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_path = path.with_name("wardcrawler.db.lock")
    open_file = os.open

    def open_then_lose(*arguments: object) -> int:
        monkeypatch.setattr(os, "open", open_file)
        descriptor = open_file(*arguments)
        lock_path.unlink()  # the run before us ends just now
        return descriptor

    monkeypatch.setattr(os, "open", open_then_lose)
    with RunLock(path):
        assert lock_path.exists()
        with pytest.raises(DatabaseProblem), RunLock(path):
            pass


def test_a_symbolic_link_shares_the_lock_of_its_database(path: Path) -> None:
    link = path.with_name("link.db")
    link.symlink_to(path)
    with RunLock(path), pytest.raises(DatabaseProblem, match=r"link\.db"), RunLock(link):
        pass


def test_the_folder_is_made(tmp_path: Path) -> None:
    with RunLock(tmp_path / "output" / "wardcrawler.db"):
        assert (tmp_path / "output").is_dir()


def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseProblem) as caught, RunLock(tmp_path / "file" / "wardcrawler.db"):
        pass
    assert caught.value.exit_code == 5
    assert "\n" not in caught.value.message


def test_a_held_lock_is_told_from_a_free_one_and_asking_leaves_nothing(path: Path) -> None:
    assert not lock_is_held(path)
    assert list(path.parent.iterdir()) == []
    with hold(path) as holder:
        assert lock_is_held(path)
        holder.communicate("")
    assert not lock_is_held(path)


def test_the_lock_of_a_killed_run_is_free_though_its_file_stays(path: Path) -> None:
    with hold(path) as holder:
        holder.send_signal(signal.SIGKILL)
    assert path.with_name("wardcrawler.db.lock").exists()
    assert not lock_is_held(path)
    with RunLock(path):
        assert lock_is_held(path)


def test_asking_through_a_symbolic_link_asks_for_the_database_itself(path: Path) -> None:
    link = path.with_name("link.db")
    link.symlink_to(path)
    with RunLock(path):
        assert lock_is_held(link)


def test_crawls_of_two_portals_go_on_side_by_side(path: Path) -> None:
    first, second = PortalLock(path, "hcm-phuong-9"), PortalLock(path, "127.0.0.1:8080/x")
    with pytest.raises(DatabaseProblem, match=r"another run \(process") as caught, RunLock(path):
        pass
    assert caught.value.exit_code == 75
    first.release()
    with pytest.raises(DatabaseProblem), RunLock(path):
        pass
    second.release()
    with RunLock(path):
        pass
    assert list(path.parent.glob("*.lock*")) == []


def test_a_portal_is_not_crawled_twice_at_once(path: Path) -> None:
    lock = PortalLock(path, "hcm-phuong-9")
    with pytest.raises(DatabaseProblem, match="another run of hcm-phuong-9") as caught:
        PortalLock(path, "hcm-phuong-9")
    assert caught.value.exit_code == 75
    lock.release()
    PortalLock(path, "hcm-phuong-9").release()


def test_no_portal_is_crawled_alone_beside_a_run_of_many(path: Path) -> None:
    with RunLock(path), pytest.raises(DatabaseProblem, match="in use by another run"):
        PortalLock(path, "hcm-phuong-9")
    PortalLock(path, "hcm-phuong-9").release()
