"""Files as portals attach them, of our own making: written here byte by byte, so that no font, no office
program and no further package is needed.
"""

import base64
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from wardcrawler.replica.texts.documents import pdf_of_objects

VIETNAMESE = "Ủy ban nhân dân phường Liên Chiểu thông báo niêm yết danh sách hộ nghèo"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# --- PDF (ISO 32000-1) -----------------------------------------------------------------------------


def pdf(pages: Iterable[Iterable[str]]) -> bytes:
    """A PDF whose ``pages`` have these lines, in a font that is not embedded, with a ToUnicode map."""
    return _pdf([_content(lines, _code_points) for lines in pages], _unicode_font())


def legacy_pdf(lines: Iterable[str], font: str) -> bytes:
    """A PDF of one page whose ``lines`` are bytes shown as Windows-1252, in the font named ``font``."""
    return _pdf(
        [_content(lines, lambda line: line.encode("cp1252"))],
        [f"<</Type/Font/Subtype/TrueType/BaseFont/{font}/Encoding/WinAnsiEncoding>>".encode("cp1252")],
    )


def scanned_pdf(pages: int, lines: Iterable[str] = ()) -> bytes:
    """A PDF of ``pages`` pictures, each one grey pixel, enlarged; before them a page of ``lines`` if any."""
    image = (
        b"<</Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\n"
        b"stream\n\x80\nendstream"
    )
    contents = [_content(lines, _code_points)] if lines else []
    return _pdf([*contents, *[b"q 500 0 0 700 40 40 cm /I Do Q"] * pages], _unicode_font(), image=image)


def _code_points(line: str) -> bytes:
    return line.encode("utf-16-be")


def _content(lines: Iterable[str], encode: object) -> bytes:
    shown = b"".join(b"<%s> Tj T*\n" % encode(line).hex().encode() for line in lines)  # type: ignore[operator]
    return b"BT /F 12 Tf 14 TL 50 780 Td\n" + shown + b"ET"


def _unicode_font() -> list[bytes]:
    """A composite font whose codes are code points."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/Sample/Encoding/Identity-H/DescendantFonts[%(next)d 0 R]"
        b"/ToUnicode %(after)d 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Sample/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 600>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(cmap), cmap),
    ]


def _pdf(contents: list[bytes], fonts: list[bytes], image: bytes = b"") -> bytes:
    """Catalogue, page tree, fonts (the first one is /F), picture (/I), then two objects for each page."""
    first = 3
    numbered = {b"next": first + 1, b"after": first + 2}
    fonts = [font % numbered if b"%(" in font else font for font in fonts]
    extras = [*fonts, *([image] if image else [])]
    page_numbers = [first + len(extras) + 2 * place for place in range(len(contents))]
    kids = b" ".join(b"%d 0 R" % number for number in page_numbers)
    resources = b"<<%s%s>>" % (
        b"/Font<</F %d 0 R>>" % first if fonts else b"",
        b"/XObject<</I %d 0 R>>" % (first + len(fonts)) if image else b"",
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        *extras,
    ]
    for number, content in zip(page_numbers, contents, strict=True):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources %s/Contents %d 0 R>>"
            % (resources, number + 1),
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        ]
    return pdf_of_objects(objects)


# --- office packages -------------------------------------------------------------------------------


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file whose ``w:body`` holds ``body``; ``parts`` are further ones (``styles``, ``footnotes``)."""

    def root(name: str, inner: str) -> str:
        return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{_W}">{inner}</w:{name}>'

    files = {"word/document.xml": root("document", f"<w:body>{body}</w:body>")}
    files |= {f"word/{name}.xml": root(name, inner) for name, inner in parts.items()}
    return package({"[Content_Types].xml": "<Types/>", **files})


def paragraph(*runs: str, font: str | None = None, style: str | None = None) -> str:
    """A Word paragraph of ``runs``, in ``font`` or in a paragraph style."""
    properties = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    texts = "".join(f'<w:r>{properties}<w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{styled}{texts}</w:p>"


def xlsx(rows: Iterable[Iterable[str]], sheet: str = "Danh sách") -> bytes:
    """A workbook of one sheet; cells are texts, or numbers where they read as such."""
    cells = "".join("<row>" + "".join(_cell(value) for value in row) + "</row>" for row in rows)
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = "http://schemas.openxmlformats.org/package/2006"
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{types}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{types}/relationships"><Relationship '
            f'Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
            "</worksheet>",
        }
    )


def _cell(value: str) -> str:
    if value.replace(".", "", 1).isdigit():
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def bomb(size: int = 100_000_000) -> bytes:
    """A Word file whose document unpacks to ``size`` bytes of nothing."""
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": bytes(size)})


# --- XLS -------------------------------------------------------------------------------------------

# A workbook of Excel 97: the sheet "Danh sách" with the cells "Hộ nghèo" and 12. Made with xlwt 1.3.0, which
# is not maintained any more; 5,632 bytes, nearly all of them zero.
XLS = zlib.decompress(base64.b85decode(
    b"c-rk)J!lj`6#iy&m-`{P?8S?a1db(O)R;zXY~re@u`xs&MFhPhhbIYla;DKjqwz{Xuu^OSX>6i4{-"
    b"A|oV<AMe5C!2*8^KC2V3FMV=F6^L)FKBOG|YF*n|E*Cn|V9)=IzeBm`#?a?sQb}6SkuPRWF9d8kv$33;x)UcF)snP)DVB2LB"
    b"aeQCY~wFdjBPkLWej>s^6`+o2~yf%j65;uHo7`K+^o*hL>QO8d|!RN;n55@@Gat)#=GYe;WV^AYI|N-"
    b"mT3iEddP!K^#bv(1m<!&VpD643qLqs?1NHlq#CbQGVzq84?-*jYT88T&UI(xE0yL)NW7o6i<AV`Zdd0jDwNIlz}-"
    b"r#^O!d}ZYdBLBKn9{G*@sucnz;2mdxmypEM1~AF)&g65>>B?|!9-"
    b"Yj)iuqOT!<)2&JWe2ok0>CnwYi1uC0n?eq1_~O1TEx~3~*aInZNn@<^G{T_ZTG;OxueCtkeF$!v$?2#)<DOpl%Q8Cen-"
    b"SwUc}YX-dLU>h8fdpV>P}ol9)(mT|TcuiW)D{08AmpAOtlmp-@~g`erKoK4NVcBjxK^DrXz`ZtMQ)vK;w(|F(pwel0eJJR-F"
    b"l0ww7ecwI*4c3AM&KYDrG|pLZK4B7D^h?ib#a(SEDdY#@FfcGMFfcGMFfdppQ2wXAK6mJk|FD06i1_z93sS1)nq<}Dpd2C#7"
    b"?*?T9ywNyqlhzg#m`!VRnV7OrcH2PsBuU}FJcr!^kcN{_>}{os(qei8`^(v3)MS*wH`nJ^7!8XXc@iZ"
))  # fmt: skip

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

DOC = _COMPOUND + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(488)
"""What a Word file of before 2007 looks like to us; no program would open it."""
