"""What no reader sees is not text; what scripts, screens or printers change is."""

import time

import pytest

from tests.support.pages import hcmc_article

TEXT = "<p>Tổ dân phố họp bàn việc dọn vệ sinh ngõ xóm cuối tuần này.</p>"
SEEN = "Tổ dân phố họp bàn việc dọn vệ sinh ngõ xóm cuối tuần này."
SPAM = "vay tiền nhanh"

SAME_COLOURS = ["color:#fff;background:#FFFFFF", "color:white;background-color:rgb(255, 255, 255)"]
HIDING_STYLES = [
    "display:none",
    "DISPLAY : NONE !important",
    "display:/* x */none",
    "visibility:hidden",
    "visibility: collapse",
    "content-visibility:hidden",
    "position:absolute;left:-9999px",
    "position: fixed; top: -2000px",
    "position:absolute;left:-300em",
    "position:absolute;left:-100vw",
    "position:absolute;left:-100%",
    "position:absolute;left:calc(-1 * 9999px)",
    "position:absolute;left:calc(-100vw - 20px)",
    "position:absolute;right:-9999px",
    "position:absolute;inset:-9999px auto auto -9999px",
    "text-indent:-9999px",
    "text-indent:100%;white-space:nowrap;overflow:hidden",
    "margin-left:-9999px",
    "margin:0 0 0 -9999px",
    "margin-top:-5000px",
    "transform:translateX(-9999px)",
    "-webkit-transform: translate(-9999px, 0)",
    "transform:scale(0)",
    "translate:-9999px",
    "font-size:0",
    "font-size:0px",
    "font-size:1px",
    "font-size:.1em",
    "font:0/0 a",
    "opacity:0",
    "opacity:0.0",
    "opacity:.0",
    "opacity:0%",
    "filter:opacity(0)",
    "position:absolute;clip:rect(0,0,0,0)",
    "position:absolute;clip:rect(1px 1px 1px 1px)",
    "clip-path:inset(100%)",
    "clip-path:inset(50%)",
    "clip-path:circle(0)",
    "clip-path:polygon(0 0,0 0,0 0)",
    "height:0;overflow:hidden",
    "width:1px;height:1px;overflow:hidden",
    "max-height:0;overflow:hidden",
    "max-height:0px;overflow-y:hidden",
    "width:0;overflow:hidden;white-space:nowrap",
    "line-height:0;overflow:hidden",
    "color:transparent",
    "color:rgba(0,0,0,0)",
    *SAME_COLOURS,
]

VISIBLE_STYLES = [
    "display:block",
    "visibility:visible",
    "position:absolute;left:-20px",
    "position:relative;left:-50%",
    "left:-9999px",  # of no use where the element stands in the flow
    "position:absolute;left:50%;margin-left:-960px",
    "position:relative;left:calc(50% - 50vw)",
    "text-indent:-36pt;margin-left:36pt",  # a hanging indent, as Word writes it
    "margin:0 -15px",
    "transform:translate(-50%,-50%)",
    "font-size:8px",
    "font-size:0.9em",
    "font:12px/0 Arial",
    "opacity:0.5",
    "opacity:1",
    "clip:rect(0,0,0,0)",
    "clip-path:inset(10%)",
    "height:0",  # what does not fit is seen below
    "height:0;padding-bottom:56%;overflow:hidden",
    "max-height:300px;overflow:auto",
    "line-height:1;overflow:hidden",
    "width:100%;overflow:hidden",
    "color:rgb(0,0,0)",
    "color:#fff;background:#006699",
    "color:#fff;background:#fff url(/nen.png)",
    "color:inherit;background:inherit",
    "background-image:url(data:image/png;base64,AAAA0000)",
]


def body_of(text: str, head: str = "") -> str:
    return hcmc_article(text, head=head).body


@pytest.mark.parametrize("style", HIDING_STYLES)
def test_what_a_style_hides_is_no_text(style: str) -> None:
    assert body_of(f'{TEXT}<div style="{style}"><a href="https://x.example/">{SPAM}</a></div>{TEXT}') == (
        f"{SEEN}\n{SEEN}"
    )


@pytest.mark.parametrize("style", [style for style in HIDING_STYLES if style not in SAME_COLOURS])
@pytest.mark.parametrize("selector", [".q1", "#q2", "div.q1", ".ngoai .q1", "table, .ngoai > div.q1"])
def test_what_a_style_sheet_hides_is_no_text(style: str, selector: str) -> None:
    head = f"<style>/* }} */ body {{color:#222}} {selector} {{ margin:2px; {style} }}</style>"
    spam = f'<div class="ngoai"><div class="x q1" id="q2">{SPAM}</div></div>'
    assert body_of(TEXT + spam + TEXT, head) == f"{SEEN}\n{SEEN}"


@pytest.mark.parametrize("style", VISIBLE_STYLES)
def test_what_a_style_shows_is_text(style: str) -> None:
    assert SPAM in body_of(f'{TEXT}<div style="{style}">{SPAM}</div>{TEXT}')
    head = f"<style>.q {{{style}}}</style>"
    assert SPAM in body_of(f'{TEXT}<div class="q">{SPAM}</div>{TEXT}', head)


@pytest.mark.parametrize(
    "markup", ["<marquee>{}</marquee>", "<p hidden>{}</p>", "<div popover>{}</div>", "<dialog>{}</dialog>"]
)
def test_what_an_element_hides_by_itself_is_no_text(markup: str) -> None:
    assert body_of(TEXT + markup.format(SPAM) + TEXT) == f"{SEEN}\n{SEEN}"


@pytest.mark.parametrize("name", ["d-none", "hidden", "khung hide", "screen-reader-text", "sr-only"])
def test_names_that_libraries_give_to_what_is_not_shown(name: str) -> None:
    assert body_of(f'{TEXT}<p class="{name}">{SPAM}</p>{TEXT}') == f"{SEEN}\n{SEEN}"


@pytest.mark.parametrize(
    "name", ["d-none d-md-block", "hidden lg:block", "hide show", "hidden-xs", "overflow-hidden"]
)
def test_names_of_what_is_shown_on_some_screens(name: str) -> None:
    assert SPAM in body_of(f'{TEXT}<p class="{name}">{SPAM}</p>{TEXT}')


@pytest.mark.parametrize(
    "style",
    ["display:none", "visibility:hidden", "position:absolute;left:-9999px", "height:0;overflow:hidden"],
)
def test_what_an_elements_own_style_hides_goes_however_long_it_is(style: str) -> None:
    assert body_of(f'{TEXT}<div style="{style}">{f"<p>{SPAM}</p>" * 50}</div>') == SEEN


@pytest.mark.parametrize(
    "markup",
    ["<span aria-hidden='true'>{}</span>", "<details><summary>Mục</summary>{}</details>", "<del>{}</del>"],
)
def test_what_readers_see_all_the_same_is_text(markup: str) -> None:
    assert SPAM in body_of(TEXT + markup.format(SPAM) + TEXT)


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print{.q{display:none}}",
        "@media (max-width:600px){.q{display:none}}",
        "@media screen and (min-width:900px){.q{display:none}}",
        "@keyframes q{from{opacity:0}}",
        "@supports (display:grid){.q{display:none}}",
        ".no-js .q{display:none}",
        ".q:hover{display:none}",
        ".q::before{display:none}",
        ".q:not(.z){display:none}",
        ".q[data-x]{display:none}",
        ".ngoai > .q{display:none}",
        ".khac .q{display:none}",
        "p.q{display:none}",
        ".z{color:red; .q{display:none}}",
        ".q{display:none}.q{display:block}",
        ".q{display:none}div.q{display:block}",
        "div.q{display:block !important}#q{display:none}",
        ".q{display:none}@media (min-width:700px){.q{display:block}}",
        ".q{display:none}.q:first-child{display:block}.q:nth-child(2){display:block}",
        ".q{opacity:0;transition:opacity .3s}",
        ".q{opacity:0;animation:hien 1s forwards}",
        ".q::after{content:'} .q{display:none}'}",
        "/* .q{display:none} */",
        "@import url(a.css);.z{display:none}",
    ],
)
def test_what_is_hidden_elsewhere_or_no_longer_is_text(sheet: str) -> None:
    assert SPAM in body_of(f'{TEXT}<div class="q" id="q">{SPAM}</div>{TEXT}', f"<style>{sheet}</style>")


@pytest.mark.parametrize(
    "style",
    [
        "<style media=print>{}</style>",
        "<style type='text/x-mau'>{}</style>",
        "<noscript><style>{}</style></noscript>",
    ],
)
def test_sheets_that_are_not_for_the_screen_hide_nothing(style: str) -> None:
    head = style.format(".q{display:none}")
    assert SPAM in body_of(f'{TEXT}<div class="q">{SPAM}</div>{TEXT}', head)


@pytest.mark.parametrize(
    "sheet",
    [
        "@media screen{.q{display:none}}",
        "@media all,print{.q{display:none}}",
        "@layer a{.q{display:none}}",
        "@charset 'utf-8';.q{display:none}",
        "<!-- .q{display:none} -->",
    ],
)
def test_groups_of_rules_for_every_screen_hide(sheet: str) -> None:
    assert SPAM not in body_of(f'{TEXT}<div class="q">{SPAM}</div>{TEXT}', f"<style>{sheet}</style>")


@pytest.mark.parametrize(
    "declared", ["display:none", "opacity:0", "visibility:hidden", "max-height:0;overflow:hidden"]
)
def test_a_page_does_not_hide_its_own_text(declared: str) -> None:
    head = f"<style>.hien-dan{{{declared}}}</style>"
    text = "<p>Câu đầu.</p>" + f'<p class="hien-dan">{SEEN}</p>' * 3
    assert body_of(text, head).count(SEEN) == 3


def test_hidden_links_go_even_if_they_are_longer_than_the_text() -> None:
    links = "".join(f'<a href="https://x{n}.example/">{SPAM} số {n}</a> ' for n in range(200))
    head = "<style>.q{display:none}</style>"
    assert body_of(f'{TEXT}<div class="q">{links}</div>', head) == SEEN
    assert body_of(f'{TEXT}<div style="position:absolute;left:-9999px">{links}</div>') == SEEN


@pytest.mark.parametrize("place", ["style='font-size:0'", "class=q"])
def test_lines_without_size_go_however_long_they_are(place: str) -> None:
    assert body_of(f"{TEXT}<p {place}>{SPAM * 50}</p>", "<style>.q{font-size:0}</style>") == SEEN


def test_a_box_without_size_whose_blocks_get_one_elsewhere_is_seen() -> None:
    assert body_of(f"<div style='font-size:0'>{TEXT}{TEXT}</div>") == f"{SEEN}\n{SEEN}"


def test_text_of_its_own_size_in_a_box_without_any_is_seen() -> None:
    box = f'<div style="font-size:0"><span style="font-size:14px">{SEEN}</span></div>'
    assert body_of(box) == SEEN
    box = f'<div style="visibility:hidden"><p style="visibility:visible">{SEEN}</p></div>'
    assert body_of(box + TEXT) == f"{SEEN}\n{SEEN}"


@pytest.mark.parametrize("name", ['class="wow fadeInUp"', 'data-aos="fade-up"'])
def test_what_comes_into_view_by_script_is_text(name: str) -> None:
    assert SPAM in body_of(f'{TEXT}<p {name} style="visibility:hidden;opacity:0">{SPAM}</p>{TEXT}')


def test_pictures_that_are_loaded_late_stay() -> None:
    figure = '<figure style="opacity:0"><img src="/a.jpg"><figcaption>Ảnh.</figcaption></figure>'
    assert [image.caption for image in hcmc_article(TEXT + figure).images] == ["Ảnh."]


@pytest.mark.parametrize(
    "sheet",
    [
        "/*" * 200_000,
        ".q{display:none" * 50_000,
        "@media screen{" * 50_000,
        '.q{content:"\\"' * 50_000,
        ".a " * 100_000 + "{display:none}",
        ".q{x:y;.z{}" + "x:y;.z{}" * 80_000,
        ".p{display:none}" * 20_000,
        ".a .b .c .d .p{left:-9999px}" * 10_000,
        "!" * 300_000 + "{display:none}",
        ".p{display:none" + " " * 300_000 + "x}",
    ],
)
def test_hostile_sheets_take_no_long_time(sheet: str) -> None:
    text = "<p class=p>Câu.</p>" * 2_000
    started = time.process_time()
    body_of(text, f"<style>{sheet}</style>")
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "style", ["opacity:0", "height:0;overflow:hidden", "font-size:0", "visibility:hidden", "display:none"]
)
def test_deep_nests_of_hidden_elements_take_no_long_time(style: str) -> None:
    nest = f'<div style="{style}">' * 1_900
    started = time.process_time()
    body_of(
        f"{TEXT}{nest}<img src=/a.jpg><p style='font-size:9px;visibility:visible'>x</p>{'<b></b>' * 20_000}"
    )
    assert time.process_time() - started < 3
