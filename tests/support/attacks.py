"""HTML that would run or load something, and what is dangerous in HTML."""

from lxml import html as lxml_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='  JaVa&#10;Script:alert(1)'>a</a>",
    "<a href='&#x6a;avascript&colon;alert(1)'>a</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
    "<a href='vbscript:x'>a</a>",
    "<a href='//[broken' onclick=x>a</a>",
    "<img src='javascript:alert(1)'><img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<iframe src='javascript:alert(1)'></iframe><object data=x></object><embed src=x>",
    "<p style='background:url(javascript:alert(1))' onclick=x class=a id=b lang=vi>a</p>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'><link rel=x>",
    "<form action=//evil.example><input><button>a</button></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<template><img src=x onerror=alert(1)></template>",
    "<p><!--><img src=x onerror=alert(1)>--></p>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<table><caption onclick=x><td background='javascript:x' colspan=2>a</table>",
    "<frameset onload=x><frame src='javascript:x'></frameset>",
    "<a xlink:href='javascript:x' formaction='javascript:x'>a</a>",
    "<audio src=x onerror=alert(1)><source onerror=x></audio><video poster='javascript:x'></video>",
    "<plaintext><script>alert(1)</script>",
]
ALLOWED = {
    "a": {"href"},
    "img": {"src", "alt", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def dangers(html: str) -> list[str]:
    """All in ``html`` that is not on the list of what may be there."""
    found = []
    for element in lxml_html.fragment_fromstring(html, create_parent="div").iter():
        tag = element.tag if isinstance(element.tag, str) else "comment"
        if tag in (
            "comment",
            "script",
            "style",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "base",
        ):
            found.append(tag)
        for name, value in element.attrib.items():
            if name not in ALLOWED.get(tag, set()):
                found.append(name)
            if name in ("href", "src") and not value.startswith(("http://", "https://", "mailto:")):
                found.append(value)
    return found
