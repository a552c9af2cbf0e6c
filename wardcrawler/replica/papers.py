"""What the files of the replica say: short official papers, each other than the page that links to it."""

import re
import textwrap
from datetime import date, timedelta
from random import Random

from wardcrawler.replica.answers import Answer, png
from wardcrawler.replica.documents import docx, pdf
from wardcrawler.replica.grammar import Voice, read_parts
from wardcrawler.replica.units import Unit

_WIDTH = 84  # characters a line of a PDF
_FILE_NAME = re.compile(r"[^/]+\.(?:png|docx|pdf)")
_NUMBER = re.compile(r"\d+")
_SIGNS = (("cv", "UBND-VP"), ("ke hoach", "KH-UBND"), ("tb", "TB-UBND"), ("thong bao", "TB-UBND"))
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paper(path: str, unit: Unit) -> list[str]:
    """The paragraphs of the paper at ``path``, an address that is not escaped. Equal addresses say the same.

    Theme and figures come from the address, the number from the file's name.
    """
    found = _FILE_NAME.search(path)
    name = (found[0] if found else path).lower()
    rng = Random(path)  # noqa: S311  # texts, not secrets
    signed = date(2022, 1, 3) + timedelta(days=rng.randrange(1000))
    parts, voice = read_parts("van-ban"), Voice(unit, signed, rng)
    titles = parts.lines["title"]
    title = next((each for each in titles if each.themes == "h" and "ho ngheo" in name), rng.choice(titles))
    heading, subject = voice.say("Ủy ban nhân dân {don_vi}").upper(), voice.say(title.text)
    voice.agreeing = False
    number = _NUMBER.search(name)
    sign = next((sign for start, sign in _SIGNS if name.startswith(start)), "UBND")
    return [
        heading,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"Số: {number[0] if number else rng.randint(11, 480)}/{sign}, ngày {signed:%d/%m/%Y}",
        subject,
        *(voice.say(part.text) for part in parts.lines["body"] if title.themes in part.themes),
        voice.say(rng.choice(parts.lines["end"]).text),
        "Nơi nhận: như trên; lưu VT.",
    ]


def file_answer(path: str, unit: Unit) -> Answer:
    """The answer to the address of a file: a picture, a Word file, or a PDF."""
    if ".png" in path:
        return Answer(200, (png(path),), "image/png")
    lines = paper(path, unit)
    if ".docx" in path:
        return Answer(200, (docx(lines),), _DOCX)
    return Answer(200, (pdf_of(lines),), "application/pdf")


def pdf_of(paragraphs: list[str]) -> bytes:
    """A PDF of these paragraphs, wrapped."""
    return pdf([line for each in paragraphs for line in textwrap.wrap(each, _WIDTH)])
