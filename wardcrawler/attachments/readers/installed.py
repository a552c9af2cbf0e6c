"""Which readers are installed: asked before a process is started in vain."""

import shutil
from importlib.util import find_spec

from wardcrawler.attachments import media
from wardcrawler.attachments.readers.doc import PROGRAMS
from wardcrawler.attachments.readers.ocr import ocr_tool

_PACKAGES = {
    media.PDF.type: "pypdfium2",
    media.XLSX.type: "python_calamine",
    media.XLS.type: "python_calamine",
    media.ODS.type: "python_calamine",
}


def missing_reader(media_type: str) -> str | None:
    """What has to be installed before files of ``media_type`` can be read, in words; None if nothing has."""
    if media_type == media.DOC.type:
        is_there = any(shutil.which(program) for program in PROGRAMS)
        return None if is_there else f"none of {', '.join(PROGRAMS)} is installed"
    package = _PACKAGES.get(media_type)
    if package is None or find_spec(package):
        return None
    return f"{package.replace('_', '-')} is not installed: pip install 'wardcrawler[files]'"


def can_recognise() -> bool:
    """Whether tesseract with Vietnamese is installed."""
    return ocr_tool() is not None
