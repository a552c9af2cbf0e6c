"""Databases on network file systems: found by the mount they lie on, refused before anything is made."""

from pathlib import Path

import pytest

from wardcrawler.store.database import filesystem
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.database.filesystem import mount_of
from wardcrawler.store.database.lock import RunLock

MOUNTINFO = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 27 0:40 / /home rw,relatime shared:9 - nfs4 server:/home rw,vers=4.2
32 31 8:1 / /home/local rw,relatime - xfs /dev/sda1 rw
33 27 0:41 / /mnt/share\040of\040all rw - cifs //server/share rw
34 27 0:42 /sub /mnt/ssh rw,nosuid shared:1 master:2 - fuse.sshfs me@host:/ rw
35 27 8:2 / /media rw - ext4 /dev/sdb1 rw
36 27 0:43 / /media rw - smb3 //server/media rw
37 27 0:44 / /mnt/Ổ rw - nfs4 server:/o rw
a line that is none
"""


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/var/lib/ward.db", "ext4"),
        ("/home/you/output/ward.db", "nfs4"),
        ("/home", "nfs4"),
        ("/home/local/ward.db", "xfs"),
        ("/home/locally/ward.db", "nfs4"),
        ("/homes/ward.db", "ext4"),
        ("/mnt/share of all/ward.db", "cifs"),
        ("/mnt/ssh/ward.db", "fuse.sshfs"),
        ("/media/ward.db", "smb3"),
        ("/mnt/Ổ/ward.db", "nfs4"),
    ],
)
def test_the_longest_mount_point_that_holds_the_path_tells_its_type(path: str, type_: str) -> None:
    mount = mount_of(path, MOUNTINFO)
    assert mount is not None
    assert mount.type == type_


def test_without_mounts_nothing_is_known() -> None:
    assert mount_of("/var/lib/ward.db", "") is None


def mounted(monkeypatch: pytest.MonkeyPatch, folder: Path, type_: str) -> None:
    """Make ``folder`` look like the mount point of a file system of that type."""
    point = str(folder).replace("\\", "\\134").replace(" ", "\\040")
    listing = folder.parent / "mountinfo"
    listing.write_text(
        f"27 1 254:0 / / rw - ext4 /dev/vda rw\n40 27 0:50 / {point} rw - {type_} there rw\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(filesystem, "MOUNTINFO", listing)


@pytest.mark.parametrize("type_", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_database_on_the_network_is_refused_in_one_line_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, type_: str
) -> None:
    share = tmp_path / "Ổ đĩa của Nguyễn"
    share.mkdir()
    mounted(monkeypatch, share, type_)
    path = share / "new" / "ward.db"
    for use in (open_database, lambda path: RunLock(path).__enter__()):
        with pytest.raises(DatabaseProblem) as caught:
            use(path)
        assert caught.value.exit_code == 2
        assert f"{path} is on a network file system ({type_} at {share})" in caught.value.message
        assert "\n" not in caught.value.message
    assert list(share.iterdir()) == []


def test_a_link_into_the_network_is_seen_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "share"
    share.mkdir()
    mounted(monkeypatch, share, "nfs4")
    (tmp_path / "ward.db").symlink_to(share / "ward.db")
    with pytest.raises(DatabaseProblem, match="network file system"):
        open_database(tmp_path / "ward.db")


def test_a_database_on_the_network_may_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "share"
    share.mkdir()
    open_database(share / "ward.db").close()
    mounted(monkeypatch, share, "nfs4")
    open_database(share / "ward.db", read_only=True).close()


def test_where_the_system_tells_no_mounts_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filesystem, "MOUNTINFO", tmp_path / "none")
    open_database(tmp_path / "ward.db").close()
