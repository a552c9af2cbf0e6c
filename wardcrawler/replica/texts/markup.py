"""A story's blocks as the HTML that editors leave behind."""

from collections.abc import Callable
from html import escape
from random import Random

from wardcrawler.replica.texts.stories import Block, Bullets, File, Paragraph, Picture, Story, Table

_PARAGRAPHS = (
    '<p style="text-align: justify;">{}</p>',
    '<p style="text-align:justify"><span style="font-size:14px;"><span style="font-family:arial,helvetica,'
    'sans-serif;">{}</span></span></p>',
    '<p class="MsoNormal" style="margin-bottom:6.0pt;text-align:justify;text-indent:1.0cm"><span lang="VI">{}'
    "</span></p>",
    '<div style="text-align: justify;">{}</div>',
)


def story_html(
    story: Story, locate: Callable[[str], str], *, without_lead: bool = False, is_unclosed: bool = False
) -> str:
    """Return a story's text as an editor left it; ``locate`` gives the address of a file by its name.

    The editor's habits (paragraph markup, bold leads, empty paragraphs) vary from story to story.
    ``without_lead`` leaves out the first paragraph, ``is_unclosed`` closing tags: those HTML can do without,
    and those of span and strong.
    """
    rng = Random(f"markup {story.id}")  # noqa: S311  # looks, not secrets
    paragraph = _PARAGRAPHS[1] if is_unclosed else rng.choice(_PARAGRAPHS)
    blocks = story.blocks[1:] if without_lead and story.lead else story.blocks
    found: list[str] = []
    for position, block in enumerate(blocks):
        is_lead = position == 0 and not without_lead
        found.append(_block(locate, block, paragraph, is_bold=is_lead and rng.random() < 0.4))
        if rng.random() < 0.15:
            found.append("<p>&nbsp;</p>")
    html = "\n".join(found)
    if is_unclosed:
        for tag in ("</p>", "</li>", "</td>", "</tr>", "</th>", "</span>", "</strong>"):
            html = html.replace(tag, "")
    return html


def _block(locate: Callable[[str], str], block: Block, paragraph: str, *, is_bold: bool) -> str:
    match block:
        case Paragraph(text):
            inner = escape(text, quote=False)
            return paragraph.format(f"<strong>{inner}</strong>" if is_bold else inner)
        case Bullets(items, ordered):
            tag = "ol" if ordered else "ul"
            lines = "\n".join(f"<li>{escape(item, quote=False)}</li>" for item in items)
            return f"<{tag}>\n{lines}\n</{tag}>"
        case Table(rows):
            return _table(rows)
        case Picture(name, caption):
            return _picture(locate(name), caption)
        case File(name, label):
            return f'<p><a href="{locate(name)}">{escape(label, quote=False)}</a></p>'


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = [_row(row, "td" if position else "th") for position, row in enumerate(rows)]
    return (
        '<table border="1" cellpadding="0" cellspacing="0"><tbody>\n'
        + "\n".join(lines)
        + "\n</tbody></table>"
    )


def _row(cells: tuple[str, ...], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in cells) + "</tr>"


def _picture(address: str, caption: str) -> str:
    image = f'<img alt="" src="{address}" style="width: 480px; height: 270px;" />'
    return (
        f'<p style="text-align: center;">{image}</p>\n'
        f'<p style="text-align: center;"><em>{escape(caption, quote=False)}</em></p>'
    )
