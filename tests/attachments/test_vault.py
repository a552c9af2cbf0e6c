"""Files are kept once, whole, under their digest and under nothing else."""

import hashlib
import os
from pathlib import Path

import pytest

from wardcrawler.attachments.vault import Vault

BODY = b"%PDF-1.4 content"
DIGEST = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "wardcrawler.db")


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_file_is_kept_under_its_digest_beside_the_database(vault: Vault, tmp_path: Path) -> None:
    stored = vault.put(BODY, "pdf")
    assert stored.path == f"files/{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}.pdf"
    assert (stored.sha256, stored.size) == (DIGEST, len(BODY))
    assert vault.place(stored.path).read_bytes() == BODY
    assert files(tmp_path) == {stored.path}


def test_the_same_content_is_kept_once(vault: Vault, tmp_path: Path) -> None:
    before = vault.place(vault.put(BODY, "pdf").path).stat()
    assert vault.place(vault.put(BODY, "pdf").path).stat().st_ino == before.st_ino
    assert len(files(tmp_path)) == 1


def test_a_file_of_another_length_in_its_place_is_written_again(vault: Vault) -> None:
    path = vault.place(vault.put(BODY, "pdf").path)
    path.write_bytes(b"half")
    vault.put(BODY, "pdf")
    assert path.read_bytes() == BODY


def test_links_to_a_database_mean_one_vault(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "wardcrawler.db").touch()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "link.db").symlink_to(tmp_path / "wardcrawler.db")
    assert Vault(elsewhere / "link.db").root == vault.root


def test_a_disk_that_is_full_leaves_nothing(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wardcrawler.attachments.vault.os.fsync", full)
    (tmp_path / "files" / "incoming").mkdir(parents=True)
    with pytest.raises(OSError, match="No space left"):
        vault.put(BODY, "pdf")
    assert files(tmp_path) == set()


def test_what_a_kill_left_half_written_is_swept(vault: Vault, tmp_path: Path) -> None:
    stored = vault.put(BODY, "pdf")
    left, coming = (tmp_path / "files" / "incoming" / name for name in ("left.part", "coming.part"))
    left.write_bytes(b"half")
    coming.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert vault.sweep() == 1
    assert files(tmp_path) == {stored.path, "files/incoming/coming.part"}


@pytest.mark.parametrize("extension", ["", "../x", "PDF", "p/f", "superlong"])
def test_an_extension_that_is_none_of_ours_is_refused(vault: Vault, extension: str) -> None:
    with pytest.raises(ValueError, match="no extension"):
        vault.put(BODY, extension)


@pytest.mark.parametrize("path", ["/etc/passwd", "files/../wardcrawler.db", "logs/x.log", ""])
def test_a_path_that_leads_out_is_refused(vault: Vault, path: str) -> None:
    with pytest.raises(ValueError, match="no path of a stored file"):
        vault.place(path)
