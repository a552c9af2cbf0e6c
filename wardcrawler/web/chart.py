"""Bar charts as inline SVG: drawn here, so that a page needs no script."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 720, 200, 62, 28, 14
_MOST_LABELS = 6
_TEXT = Markup('<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>')


class Bar(NamedTuple):
    """A bar: its label, its height, and where a click leads (an address of ours), or None."""

    label: str
    value: float
    href: str | None = None


def months_between(first: str, last: str) -> list[str]:
    """Return every month from ``first`` to ``last``, both ``YYYY-MM``; at most 1,200."""
    year, month = int(first[:4]), int(first[5:7])
    found: list[str] = []
    while (name := f"{year:04}-{month:02}") <= last and len(found) < 1_200:
        found.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def by_month(
    counts: Mapping[str, float], href: Callable[[str], str | None] = lambda month: None
) -> list[Bar]:
    """Make a bar for each month between the first and the last, those without anything too.

    A single stray year, a portal's mistake, would squeeze all others: once there are more than 20 years,
    years are shown.
    """
    months = sorted(month for month in counts if len(month) == len("2023-06"))
    if not months:
        return []
    span = months_between(months[0], months[-1])
    if len(span) <= 240:
        return [Bar(month, counts.get(month, 0), href(month)) for month in span]
    years: dict[str, float] = {}
    for month in span:
        years[month[:4]] = years.get(month[:4], 0) + counts.get(month, 0)
    return [Bar(year, value) for year, value in years.items()]


def bar_chart(
    bars: Sequence[Bar], *, title: str, number: Callable[[int], str], name: Callable[[str], str]
) -> Markup:
    """Draw the chart; empty for no bars. ``number`` and ``name`` write a value and a label for people."""
    if not bars:
        return Markup("")
    top = _round_up(max(bar.value for bar in bars))
    width = (_WIDTH - _LEFT) / len(bars)
    height = _HEIGHT - _BOTTOM - _TOP
    parts = [
        Markup('<svg class="chart" role="img" viewBox="0 0 {} {}" aria-label="{}">').format(
            _WIDTH, _HEIGHT, title
        ),
        Markup("<title>{}</title>").format(title),
    ]
    for share in (0, 0.5, 1):
        y, value = _TOP + height * (1 - share), top * share
        line = Markup('<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(_LEFT, _WIDTH, y, y)
        says = number(round(value)) if value == round(value) else ""
        parts += [line, _TEXT.format("value", _LEFT - 6, y + 4, says)]
    step = max(1, -(-len(bars) // _MOST_LABELS))
    for place, bar in enumerate(bars):
        x = _LEFT + place * width
        parts.append(_drawn(bar, x, width, height * bar.value / top, number, name))
        if place % step == 0:
            parts.append(_TEXT.format("label", x, _HEIGHT - 6, name(bar.label)))
    return Markup("").join([*parts, Markup("</svg>")])


def _drawn(
    bar: Bar, x: float, width: float, height: float, number: Callable[[int], str], name: Callable[[str], str]
) -> Markup:
    gap = min(2.0, width * 0.15)
    value = number(round(bar.value)) if bar.value == round(bar.value) else f"{bar.value:.1f}"
    drawn = Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}: {}</title></rect>'
    ).format(x + gap / 2, _HEIGHT - _BOTTOM - height, max(width - gap, 0.5), height, name(bar.label), value)
    return Markup('<a href="{}">{}</a>').format(bar.href, drawn) if bar.href else drawn


def _round_up(value: float) -> float:
    """Round up to the next of 1, 2, 5, 10, 20, 50, …"""
    size = 1.0
    while size * 10 < value:
        size *= 10
    return next((size * step for step in (1, 2, 5, 10) if size * step >= value), size * 10)
