"""Network file systems, on which a database must not lie."""

import os
import re
from pathlib import Path
from typing import NamedTuple

from wardcrawler.exit_codes import USAGE
from wardcrawler.store.database.errors import DatabaseProblem

MOUNTINFO = Path("/proc/self/mountinfo")

NETWORK_TYPES = frozenset(
    """
    afs beegfs ceph cifs coda davfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 orangefs
    pvfs2 smb2 smb3 smbfs
    fuse.afpfs fuse.ceph fuse.ceph-fuse fuse.curlftpfs fuse.davfs fuse.davfs2 fuse.gcsfuse fuse.glusterfs
    fuse.gvfsd-fuse fuse.mfs fuse.moosefs fuse.rclone fuse.s3fs fuse.s3fs-fuse fuse.smbnetfs fuse.sshfs
    fuse.webdavfs
    """.split()
)
"""Types as the kernel names them. SQLite's write-ahead log needs memory that all processes share, and
``flock`` keeps out only those who see the same lock: both end at the edge of a machine
(https://sqlite.org/wal.html, "all processes using a database must be on the same host computer")."""

_OCTAL = re.compile(r"\\([0-7]{3})")


class Mount(NamedTuple):
    """A mounted file system: where, and of which type (``ext4``, ``nfs4``, ``fuse.sshfs``)."""

    point: str
    type: str


def mount_of(path: str, mountinfo: str) -> Mount | None:
    """Return the mount that the absolute ``path`` lies on, or None where ``mountinfo`` names none.

    ``mountinfo`` is the text of ``/proc/self/mountinfo`` (proc_pid_mountinfo(5)). The longest mount point
    wins; of several mounts on one point the last, which hides the others.
    """
    found: Mount | None = None
    for line in mountinfo.split("\n"):  # splitlines would also split at bytes of Vietnamese letters
        fields, dash, rest = line.partition(" - ")
        words, kinds = fields.split(" "), rest.split(" ")
        if not dash or len(words) < 5 or not kinds[0]:
            continue
        mount = Mount(_OCTAL.sub(lambda code: chr(int(code[1], 8)), words[4]), kinds[0])
        if _lies_in(path, mount.point) and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def require_local(path: Path) -> None:
    """Refuse to write a database at ``path``, which need not exist yet, on a network file system.

    Raises ``DatabaseProblem`` (2). Where the system does not tell its mounts, nothing is refused.
    """
    try:
        # Octal escapes stand for bytes: read as Latin-1, and turned back into file names below.
        mountinfo = MOUNTINFO.read_bytes().decode("latin-1")
    except OSError:
        return
    real = os.fsencode(os.path.realpath(path)).decode("latin-1")
    mount = mount_of(real, mountinfo)
    if mount and mount.type in NETWORK_TYPES:
        point = os.fsdecode(mount.point.encode("latin-1"))
        raise DatabaseProblem(
            f"{path} is on a network file system ({mount.type} at {point}), where SQLite's journal and locks "
            "are not safe; name a file on a disk of this machine (https://sqlite.org/wal.html)",
            USAGE,
        )
