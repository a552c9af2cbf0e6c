"""What a style says of whether a reader sees an element: off the screen, cut off, without size or colour."""

import re
from collections.abc import Iterator
from enum import Enum

from wardcrawler.extraction.css_rules import Declarations


class Way(Enum):
    """How an element is hidden. ``SURE`` is what no page does to its own text; scripts undo the others."""

    SURE = 0
    DISPLAY = 1
    VISIBILITY = 2
    OPACITY = 3
    SIZE = 4
    FONT = 5


_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))([a-z]+|%)?")
_PIXELS = {
    "": 1.0, "px": 1.0, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "vw": 9.0, "vh": 6.0, "vmin": 6.0,
    "vmax": 9.0, "pt": 4 / 3, "pc": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "q": 0.945, "%": 5.0,
}  # fmt: skip
"""Roughly what a unit is in pixels, percents and parts of the window for a box of 500 in one of 900."""
_FAR = 500  # pixels to the left or above: nothing of a line is left on the screen
_FAR_MARGIN = 899  # half of a page's width is how boxes are centred
_FAR_RIGHT = 3000  # where nobody scrolls to
_TINY = 2  # pixels
_FAINT = 0.02
_MOST = 200  # characters of a value that are looked at
_CUT = ("hidden", "clip", "scroll", "auto")
_CLIPPED = re.compile(r"rect\([\s,]*(?:[01](?:px)?[\s,]*){4}\)")
_SHAPED = re.compile(
    r"inset\(\s*(?:[5-9]\d|\d{3})(?:\.\d+)?%|inset\([^()]{0,40}\b100%|(?:circle|ellipse)\(\s*0"
    r"|polygon\((?:\s*0(?:px|%)?\s+0(?:px|%)?\s*,?){1,20}\)"
)
_MOVES = re.compile(r"(translate|scale)(?:x|y|z|3d)?\(([^()]*)\)")
_COLOURLESS = re.compile(
    r"transparent|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)"
    r"|(?:rgb|hsl)a?\((?:(?:[^(),]*,){3}|[^(),/]*/)\s*(?:0|0?\.0+|0%)\s*\)"
)
_SHORT_HEX = re.compile("#[0-9a-f]{3}")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*1(?:\.0+)?\s*)?\)")
_COLOUR_NAMES = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "blue": "#0000ff"}


def longhand(declared: Declarations) -> Declarations:
    """Return ``declared`` in lower case, with the parts of those shorthands that can hide."""
    style: Declarations = {}
    for name, given in declared.items():
        value = given[:_MOST].lower()
        words = value.split() or [""]
        if name == "inset":
            style |= dict(zip(("top", "right", "bottom", "left"), _sides(words), strict=True))
        elif name == "margin":
            style["margin-top"], _, _, style["margin-left"] = _sides(words)
        elif name == "font":
            sizes = (word.partition("/")[0] for word in words)
            size = next((size for size in sizes if size == "0" or _is_size(size)), None)
            if size is not None:
                style["font-size"] = size
        elif name == "overflow":
            style["overflow-x"], style["overflow-y"] = words[0], words[-1]
        elif name == "background":
            style["background-color"] = value
        else:
            style[name.removeprefix("-webkit-")] = value
    return style


def _is_size(word: str) -> bool:
    found = _LENGTH.fullmatch(word)
    return found is not None and bool(found[2])


def _sides(words: list[str]) -> tuple[str, str, str, str]:
    """Return top, right, bottom and left of one to four values (CSS Box Model, section 5.2)."""
    right = words[1] if len(words) > 1 else words[0]
    bottom = words[2] if len(words) > 2 else words[0]
    return words[0], right, bottom, words[3] if len(words) > 3 else right


def way_hidden(style: Declarations) -> Way | None:
    """Return how an element with the ``style`` (long forms, see :func:`longhand`) is hidden; None if it is
    seen.
    """
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return Way.DISPLAY
    if style.get("visibility") in ("hidden", "collapse"):
        return Way.VISIBILITY
    if _is_off_screen(style) or _is_moved_away(style) or _is_clipped(style) or _is_colourless(style):
        return Way.SURE
    if is_tiny(style.get("font-size")):
        return Way.FONT
    if _is_faint(style):
        return Way.OPACITY
    return Way.SIZE if _has_no_room(style) else None


def pixels(value: str | None) -> float | None:
    """Return a length in pixels, roughly; None for what is none. Sums in ``calc()`` are added up."""
    if not value:
        return None
    if "(" not in value:
        found = _LENGTH.match(value)
        return _in_pixels(found) if found else None
    value = value.replace("- ", "-").replace("+ ", "+")
    lengths = [length for found in _LENGTH.finditer(value) if (length := _in_pixels(found)) is not None]
    if "*" not in value:
        return sum(lengths) if lengths else None
    product = 1.0
    for length in lengths:
        product *= length
    return product


def _in_pixels(found: re.Match[str]) -> float | None:
    unit = _PIXELS.get(found[2] or "")
    return None if unit is None else float(found[1]) * unit


def is_tiny(size: str | None) -> bool:
    """Return whether a size leaves no room for a letter."""
    length = pixels(size)
    return length is not None and 0 <= length <= _TINY


def _is_off_screen(style: Declarations) -> bool:
    if style.get("position") in ("absolute", "fixed", "relative"):
        left, top, right, bottom = (
            pixels(style.get(side)) or 0 for side in ("left", "top", "right", "bottom")
        )
        if (
            left <= -_FAR
            or left >= _FAR_RIGHT
            or top <= -_FAR
            or right <= -_FAR_MARGIN
            or bottom <= -_FAR_RIGHT
        ):
            return True
    indent = pixels(style.get("text-indent")) or 0
    if indent <= -_FAR or indent >= _FAR_RIGHT or (indent >= _FAR and _cuts(style)):
        return True
    if style.get("left") == "50%":  # and half of its width back: centred
        return False
    return any((pixels(style.get(side)) or 0) <= -_FAR_MARGIN for side in ("margin-left", "margin-top"))


def _is_moved_away(style: Declarations) -> bool:
    moves = _MOVES.findall(style.get("transform", ""))
    moves += [(name, style[name]) for name in ("translate", "scale") if name in style]
    for name, given in moves:
        for value in given.replace(",", " ").split():
            length = pixels(value)
            if length is None:
                continue
            if length == 0 if name == "scale" else abs(length) >= _FAR_MARGIN:
                return True
    return False


def _is_clipped(style: Declarations) -> bool:
    if style.get("position") in ("absolute", "fixed") and _CLIPPED.search(style.get("clip", "")):
        return True
    return _SHAPED.search(style.get("clip-path", "")) is not None


def _is_colourless(style: Declarations) -> bool:
    colour = style.get("color")
    if not colour or "text-shadow" in style or "text-fill-color" in style:
        return False
    if _COLOURLESS.fullmatch(colour):
        return "text" not in style.get("background-clip", "")
    own, behind = _hex(colour), _hex(style.get("background-color", ""))
    return own is not None and own == behind and "background-image" not in style


def _hex(colour: str) -> str | None:
    """Return a colour as six hexadecimal digits, or None where it is not one of those that are compared."""
    colour = _COLOUR_NAMES.get(colour, colour)
    if _SHORT_HEX.fullmatch(colour):
        return "#" + "".join(digit * 2 for digit in colour[1:])
    if found := _RGB.fullmatch(colour):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    return colour if colour.startswith("#") and len(colour) == 7 else None


def _is_faint(style: Declarations) -> bool:
    opacity = style.get("opacity") or next(iter(_opacities(style.get("filter", ""))), "")
    found = _LENGTH.fullmatch(opacity)
    if found is None or found[2] not in (None, "%"):
        return False
    return float(found[1]) / (100 if found[2] else 1) <= _FAINT


def _opacities(value: str) -> Iterator[str]:
    if value.startswith("opacity(") and value.endswith(")"):
        yield value[len("opacity(") : -1].strip()


def _cuts(style: Declarations) -> bool:
    return style.get("overflow-x") in _CUT or style.get("overflow-y") in _CUT


def _has_no_room(style: Declarations) -> bool:
    """Return whether a box has no room for text, and cuts off what does not fit."""
    if not _cuts(style):
        return False
    room = ("padding", "padding-top", "padding-bottom", "min-height")
    if any((pixels(style.get(side)) or 0) > _TINY for side in room):
        return False
    if any(is_tiny(style.get(side)) for side in ("height", "max-height", "width", "max-width")):
        return True
    return pixels(style.get("line-height")) == 0
