"""A throw-away WordPress in a temporary folder: installed, filled and set up by its own functions."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from tools.live.content import content
from tools.live.judge import Post
from tools.live.packages import LANGUAGE, WORDPRESS
from tools.live.processes import database, require_answer, run_program, web_server
from tools.live.variants import Variant

PHP = Path(__file__).parent / "php"
NOT_OURS = frozenset(("wp-config.php", "wp-content", ".htaccess"))
"""What the packages bring and the instance has of its own."""


class Served(NamedTuple):
    """A variant while it is served: its address, all its posts, and the file that notes each request."""

    home: str
    posts: list[Post]
    log: Path

    def requests(self) -> list[str]:
        """Return what was asked for so far, in order: paths with their queries."""
        return self.log.read_text("utf-8").splitlines() if self.log.exists() else []


class Instance:
    """One WordPress; variants are served one after the other."""

    def __init__(self, folder: Path, socket: Path) -> None:
        self._folder = folder
        self._site = folder / "site"
        self._environment = os.environ | {
            "LIVE_SITE": str(self._site),
            "LIVE_SOCKET": str(socket),
            "LIVE_LANGUAGE": LANGUAGE,
        }
        self._link_files()
        self._php("install.php")
        self._php("fill.php", given=json.dumps(content()))

    @contextmanager
    def serve(self, variant: Variant) -> Iterator[Served]:
        """Set WordPress up as a variant says and serve it while the ``with`` block lasts."""
        log = self._folder / f"{variant.name}.requests"
        environment = self._environment | {
            "LIVE_FOLDER": variant.folder,
            "LIVE_LOG": str(log),
            "LIVE_REWRITES": "yes" if variant.rewrites else "",
        }
        server_log = self._folder / f"{variant.name}.php.log"
        with web_server(PHP / "router.php", self._site, environment, server_log) as port:
            home = f"http://127.0.0.1:{port}{variant.folder}"
            self._php("look.php", given=json.dumps(asdict(variant) | {"home": home}))
            self._php("menu.php", "menu" if variant.menu else "none")
            posts = [
                Post(**row | {"urls": tuple(row["urls"]), "pages": tuple(row["pages"])})
                for row in json.loads(self._php("truth.php"))
            ]
            served = Served(f"{home}/", posts, log)
            for url in (served.home, next(post.urls[0] for post in posts if post.kind == "public")):
                require_answer(url)
            log.unlink()
            yield served

    def _php(self, script: str, *arguments: str, given: str = "") -> str:
        """Run a script of ours; warnings of PHP go to standard error, which shows where it fails."""
        options = ("-d", "display_errors=stderr", "-d", "error_reporting=E_ALL")
        return run_program(
            "php", *options, str(PHP / script), *arguments, given=given, environment=self._environment
        )

    def _link_files(self) -> None:
        """Make a folder of links to what the packages installed, with settings and uploads of its own."""
        own = self._site / "wp-content"
        own.mkdir(parents=True)
        for path in WORDPRESS.iterdir():
            if path.name not in NOT_OURS:
                (self._site / path.name).symlink_to(path)
        for name in ("themes", "languages"):
            (own / name).symlink_to(WORDPRESS / "wp-content" / name)
        (own / "uploads").mkdir()
        (self._site / "wp-config.php").symlink_to(PHP / "wp-config.php")


@contextmanager
def wordpress(folder: Path) -> Iterator[Instance]:
    """Install and fill a WordPress in an empty folder; its database server runs while the block lasts."""
    with database(folder) as socket:
        run_program("mariadb", "--no-defaults", f"--socket={socket}", "--user=root", "--execute",
                    "CREATE DATABASE wordpress CHARACTER SET utf8mb4")  # fmt: skip
        yield Instance(folder, socket)
