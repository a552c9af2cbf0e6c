"""Official documents that portals attach: what they say, as PDF and Word files, and pictures.

Files are written byte by byte: no font, no program, no further package.
"""

import io
import re
import struct
import textwrap
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from random import Random

from wardcrawler.replica.texts.grammar import PartFiller, read_parts
from wardcrawler.replica.texts.units import Unit

_WIDTH = 84  # characters a line of a PDF
_FILE_NAME = re.compile(r"[^/]+\.(?:png|docx|pdf)")
_NUMBER = re.compile(r"\d+")
_SIGNS = (("cv", "UBND-VP"), ("ke hoach", "KH-UBND"), ("tb", "TB-UBND"), ("thong bao", "TB-UBND"))
_CMAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)
_OFFICE = "http://schemas.openxmlformats.org"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def official_document(path: str, unit: Unit) -> list[str]:
    """Return the paragraphs of the document at ``path``, an address that is not escaped.

    Equal addresses say the same: theme and figures come from the address, the number from the file's name.
    """
    found = _FILE_NAME.search(path)
    name = (found[0] if found else path).lower()
    rng = Random(path)  # noqa: S311  # texts, not secrets
    signed = date(2022, 1, 3) + timedelta(days=rng.randrange(1000))
    parts, filler = read_parts("van-ban"), PartFiller(unit, signed, rng)
    titles = parts.lines["title"]
    title = next((each for each in titles if each.themes == "h" and "ho ngheo" in name), rng.choice(titles))
    heading, subject = filler.fill("Ủy ban nhân dân {don_vi}").upper(), filler.fill(title.text)
    filler.consistent = False
    number = _NUMBER.search(name)
    sign = next((sign for start, sign in _SIGNS if name.startswith(start)), "UBND")
    return [
        heading,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"Số: {number[0] if number else rng.randint(11, 480)}/{sign}, ngày {signed:%d/%m/%Y}",
        subject,
        *(filler.fill(part.text) for part in parts.lines["body"] if title.themes in part.themes),
        filler.fill(rng.choice(parts.lines["end"]).text),
        "Nơi nhận: như trên; lưu VT.",
    ]


def pdf_of(paragraphs: list[str]) -> bytes:
    """Return a PDF of these paragraphs, wrapped."""
    return pdf([line for each in paragraphs for line in textwrap.wrap(each, _WIDTH)])


def pdf(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page with these lines (ISO 32000-1).

    Its font is not embedded and its codes are code points, which a ToUnicode map says (9.10.3): readers of
    text read it exactly, what a viewer draws depends on its fonts.
    """
    shown = b"".join(b"<%s> Tj T*\n" % line.encode("utf-16-be").hex().encode() for line in lines)
    content = b"BT /F 11 Tf 15 TL 60 780 Td\n" + shown + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/VanBan/Encoding/Identity-H/DescendantFonts[6 0 R]"
        b"/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/VanBan/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/DW 500>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(_CMAP), _CMAP),
    ]
    return pdf_of_objects(objects)


def pdf_of_objects(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1, of which the first is the catalogue (ISO
    32000-1, 7.5).
    """
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def docx(lines: Sequence[str]) -> bytes:
    """Return a Word file with a paragraph for each line (ECMA-376, WordprocessingML)."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{_OFFICE}/wordprocessingml/2006/main"><w:body>'
        f"{paragraphs}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name)  # of always the same date: equal texts are equal files
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, _XML + part)
    return out.getvalue()


def png(words: str) -> bytes:
    """Return a picture of 240 x 135 pixels: two colours that depend on ``words``, shaded from
    top to bottom.
    """
    seed = zlib.crc32(words.encode())
    top, bottom = (seed & 255, seed >> 8 & 255, seed >> 16 & 255), (235, 225, 205)
    rows = bytearray()
    for y in range(135):
        colour = bytes((a * (134 - y) + b * y) // 134 for a, b in zip(top, bottom, strict=True))
        rows += b"\0" + colour * 240
    header = struct.pack(">IIBBBBB", 240, 135, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
