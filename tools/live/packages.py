"""What must be installed for the check, and how to install it."""

import shutil
import subprocess
from pathlib import Path

WORDPRESS = Path("/usr/share/wordpress")
LANGUAGE = "vi"
THEMES = ("twentytwentyone", "twentytwentytwo", "twentytwentythree")
PROGRAMS = ("php", "mariadb", "mariadbd", "mariadb-install-db")
INSTALL = (
    "apt-get install --no-install-recommends wordpress wordpress-l10n "
    + " ".join(f"wordpress-theme-{theme}" for theme in THEMES)
    + " php-cli php-mysql mariadb-server-core"
)


def missing() -> list[str]:
    """Return what is not on this machine, in the words of people; nothing if the check can run."""
    found = [program for program in PROGRAMS if program_path(program) is None]
    files = {
        "WordPress": WORDPRESS / "wp-settings.php",
        "its Vietnamese": WORDPRESS / "wp-content" / "languages" / f"{LANGUAGE}.mo",
        **{f"theme {theme}": WORDPRESS / "wp-content" / "themes" / theme / "style.css" for theme in THEMES},
    }
    found += [name for name, path in files.items() if not path.exists()]
    if "php" not in found and "mysqli" not in _php_modules():
        found.append("PHP's mysqli")
    return found


def program_path(name: str) -> str | None:
    """Return where a program stands, ``sbin`` included, which few people have in their PATH."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/sbin")


def _php_modules() -> list[str]:
    php = program_path("php")
    assert php is not None  # noqa: S101  # asked for only where there is one
    return subprocess.run([php, "-m"], capture_output=True, text=True, check=False).stdout.split()
