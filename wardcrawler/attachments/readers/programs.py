"""Readers that need another program: DOC (Word of before 2007) by antiword or catdoc, scans by tesseract."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from wardcrawler.attachments.readers.pdf import render_pages
from wardcrawler.attachments.readers.result import CannotRead, Reading, reading
from wardcrawler.text.legacy.convert import Run

PROGRAMS = {
    "antiword": ("-m", "UTF-8.txt", "-w", "0"),
    "catdoc": ("-d", "utf-8", "-w"),
}
"""Programs in the order they are tried, with the options that make them write UTF-8 and leave lines whole."""


def read_doc(path: Path) -> Reading:
    """Read the DOC file at ``path``. Raises :class:`CannotRead`; ``needs_reader`` if no program is there. The
    program runs under the limits of the process that calls this.
    """
    failures = []
    for program, options in PROGRAMS.items():
        found = shutil.which(program)
        if found is None:
            continue
        done = subprocess.run([found, *options, str(path)], capture_output=True, check=False)  # noqa: S603
        if done.returncode == 0 and done.stdout.strip():
            return reading([Run(done.stdout.decode("utf-8", "replace"))], tool=program)
        words = done.stderr.decode("utf-8", "replace").replace(str(path), "the file")
        failures.append(f"{program}: {' '.join(words.split())[:200]}")
    if failures:
        raise CannotRead("failed", "; ".join(failures))
    raise CannotRead("needs_reader", f"none of {', '.join(PROGRAMS)} is installed")


MOST_PAGES = 100


@cache
def ocr_tool() -> str | None:
    """Return ``tesseract`` with its version, or None if it is not installed or has no Vietnamese."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    languages = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    if "vie" not in languages.stdout.split():
        return None
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return " ".join((told.stdout or told.stderr).split()[:2]) + " vie"


def recognise(path: Path, *, is_pdf: bool) -> Reading:
    """Recognise the text on the pages of a PDF or on a picture. Raises :class:`CannotRead`.

    What a machine read off a picture has mistakes; ``tool`` says that it is from there.
    """
    tool = ocr_tool()
    if tool is None:
        raise CannotRead("needs_ocr", "tesseract with Vietnamese (tesseract-ocr-vie) is not installed")
    pictures = render_pages(path, MOST_PAGES) if is_pdf else iter([path.read_bytes()])
    pages = [_page(picture) for picture in pictures]
    return reading([Run(f"{page}\n\n") for page in pages], tool=tool, pages=len(pages) if is_pdf else None)


def _page(picture: bytes) -> str:
    done = subprocess.run(
        ["tesseract", "stdin", "stdout", "-l", "vie"],  # noqa: S607
        input=picture, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        words = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise CannotRead("failed", f"tesseract: {words or done.returncode}")
    return done.stdout.decode("utf-8", "replace")
