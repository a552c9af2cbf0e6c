"""Pages in fonts of before Unicode are read as their readers saw them; all other pages as they are."""

from html.entities import codepoint2name

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.document import read_document
from wardcrawler.pipelines.clean import one_line
from wardcrawler.text.legacy.charsets import from_tcvn3, from_vni

VIETNAMESE = (
    "Sáng nay, ủy ban nhân dân phường đã họp với các tổ dân phố, đưa ra kế hoạch nạo vét mương. "
    "Việc sửa lối đi làm sau. "
    "Người dân được đề nghị không đổ vật liệu xuống cống, những hộ ở ngõ nhỏ để rác trước nhà đúng giờ."
)
LETTERS = "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
TCVN3 = {from_tcvn3(chr(code)): chr(code) for code in range(0xA1, 0xFF)}
VOWELS = "aeouyôö"
VNI = {
    from_vni(first + second): first + second
    for first in ["", *VOWELS]
    for second in map(chr, range(0xC0, 0x100))
    if len(from_vni(first + second)) == 1
} | {"ơ": "ô", "ư": "ö"}


def in_tcvn3(text: str) -> str:
    return "".join(TCVN3.get(letter, letter) for letter in text.replace("Đ", "đ"))


def in_vni(text: str) -> str:
    return "".join(VNI.get(letter, letter) for letter in text)


def read(markup: str, encoding: str = "utf-8") -> str:
    return text_of(read_document(markup.encode(encoding)).find("body"))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    "page",
    [
        "<body><font face='.VnTime'>{}</font>",
        '<body><font face=".VNTIME"><p>{}</p></font>',
        "<body><font face='.VnTime, Arial'><table><tr><td>{}</table></font>",
        "<body style=\"font-family:'.VnArial Narrow'\"><p>{}</p>",
        '<body><p style="font:12pt .VnTime;color:red">{}</p>',
        '<style>.chu {{font-size:13px; font-family: ".VnTime", serif}}</style><body><p class=chu>{}</p>',
        '<style><!-- p.MsoNormal, li.MsoNormal {{mso-style-parent:""; font-family:".VnTime"}} --></style>'
        "<body><p class=MsoNormal>{}</p>",
        "<style>body, td {{font-family:.VnTime}}</style><body><div><p>{}</p></div>",
        "<meta charset=windows-1258><body><p>{}</p>",
        "<link rel=stylesheet href=chu.css><body><p>{}</p>",
    ],
)
def test_a_page_in_tcvn3_is_read(page: str, encoding: str) -> None:
    assert read(page.format(in_tcvn3(VIETNAMESE)), encoding) == VIETNAMESE


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    "page",
    [
        "<body><font face='VNI-Times'>{}</font>",
        "<body><p style='font-family:VNI-Helve'>{}</p>",
        "<style>p {{font-family: VNI-Times}}</style><body><p>{}</p>",
        "<link rel=stylesheet href=chu.css><body><p>{}</p>",
    ],
)
def test_a_page_in_vni_is_read(page: str, encoding: str) -> None:
    assert read(page.format(in_vni(VIETNAMESE)), encoding) == VIETNAMESE


def test_a_page_in_entities_is_read() -> None:
    garbled = in_tcvn3(VIETNAMESE).encode("ascii", "xmlcharrefreplace").decode()
    assert read(f"<body><font face='.VnTime'>{garbled}</font>") == VIETNAMESE
    names = {f"&#{code};": f"&{name};" for code, name in codepoint2name.items()}
    for number, name in names.items():
        garbled = garbled.replace(number, name)
    assert read(f"<body><p>{garbled}</p>") == VIETNAMESE


def test_fonts_that_end_in_h_print_capitals() -> None:
    page = f"<body><font face='.VnTimeH'>{in_tcvn3('ủy ban nhân dân')}</font> <font face='.VnTime'>phè</font>"
    assert read(page).split(" ")[:4] == "ỦY BAN NHÂN DÂN".split()


def test_the_title_of_the_page_follows_the_text() -> None:
    title = "Phường họp bàn"
    head = f"<title>{in_tcvn3(title)}</title><meta property='og:title' content='{in_tcvn3(title)}'>"
    body = f"<img alt='{in_tcvn3('đường mới')}'><font face='.VnTime'>{in_tcvn3(VIETNAMESE)}</font>"
    page = read_document(f"{head}<body>{body}".encode())
    assert page.findtext(".//title") == title
    assert page.find(".//meta").get("content") == title
    assert page.find(".//img").get("alt") == "đường mới"


def test_unicode_around_a_text_in_an_old_font_stays() -> None:
    page = (
        f"<body><p>Ủy ban nhân dân phường là nơi</p><p style='font-family:.VnTime'>{in_tcvn3(VIETNAMESE)}</p>"
    )
    assert read(page) == f"Ủy ban nhân dân phường là nơi {VIETNAMESE}"


@pytest.mark.parametrize(
    "text",
    [
        "và các ông bà có ít cá, là nhà có bò",
        "Le maire a présenté à l'assemblée générale l'été dernier les bénéfices générés, déjà évoqués; "
        "la création d'une école maternelle à côté du musée, prévue pour l'année prochaine, a été votée.",
        "Kommunstyrelsen beslutade på måndagen att öppna ännu två förskolor för småbarn på Södermalm. Då får "
        "både föräldrar och lärare gå på möte, där även städning och öppettider ska tas upp på nytt.",
        "Größere Straßen müssen für Fußgänger schöner und hübscher werden, erklärte die Bürgermeisterin. "
        "Übermäßiger Lärm während der Arbeiten sei möglichst zu vermeiden, äußerte sie später.",
        "La reunión del comité se celebrará mañana en el salón; habrá información sobre la construcción del "
        "jardín, según indicó el señor García. También se hablará del año próximo, con más atención.",
        VIETNAMESE,
    ],
)
@pytest.mark.parametrize("font", [".VnTime", "VNI-Times", "Arial", ""])
def test_texts_in_unicode_are_left_alone(text: str, font: str) -> None:
    assert read(f"<body><p style=\"font-family:'{font}'\">{text}</p>") == text


WORDS = VIETNAMESE.lower().replace(",", "").replace(".", "").split()
vietnamese = st.lists(st.sampled_from(WORDS), min_size=12).map(" ".join)


@given(vietnamese)
def test_what_is_written_in_an_old_font_comes_back(text: str) -> None:
    assert read(f"<body><font face='.VnTime'>{in_tcvn3(text)}</font>") == text
    assert read(f"<body><font face='VNI-Times'>{in_vni(text)}</font>") == text


@given(vietnamese, st.sampled_from([".VnTime", "VNI-Times", ""]))
def test_vietnamese_in_unicode_is_never_converted(text: str, font: str) -> None:
    text = f"phường {text}"
    assert read(f"<body><font face='{font}'>{text}</font>") == text


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"], exclude_characters="<&")))
def test_any_text_without_a_font_survives_or_becomes_vietnamese(text: str) -> None:
    read(f"<body><p>{text}</p>")


@pytest.mark.parametrize(
    ("printed", "cleaned"),
    [
        ("Ph\xad\xeang häp", "Ph\xad\xeang häp"),  # not certain: to the letter
        ("th\xadêng", "th\xadêng"),
        ("phường\xad", "phường"),
        ("pré\xadpa\xadra\xadtion", "préparation"),
        ("\xadvà nhà\xad", "và nhà"),
        ("hy\xadphen", "hyphen"),
        ("đường sá\xad", "đường sá"),
    ],
)
def test_the_soft_hyphens_of_a_text_that_was_not_converted(printed: str, cleaned: str) -> None:
    assert one_line(printed) == cleaned
