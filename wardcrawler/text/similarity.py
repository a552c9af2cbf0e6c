"""Similarity of texts: by the runs of words they share, and by the figures; MinHash to find the similar ones.

Three words in a row are the unit ("shingle"): Vietnamese writes its syllables apart, so three of them are one
or two words of the language. One word changed in a text of n changes three of about n shingles.

Texts that are alike find each other by bands, parts of MinHash signatures (locality-sensitive hashing). Two
texts with the Jaccard similarity s agree in one value of their signatures with the probability s, in a band
of ``ROWS`` values with s^ROWS, and so in at least one of ``BANDS`` with 1 - (1 - s^ROWS)^BANDS
(Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4).
"""

import re
import struct
import zlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from wardcrawler.text.normalise import canonical

WORDS = 3
"""Words in a shingle."""

SAME_FIGURES = 0.75
"""From here on two texts that are alike count as versions of one piece; below, as two of one template."""

BANDS = 16
ROWS = 4
"""Values of the signature in a band."""

_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d+(?:[.,:/-]\d+)*")

_SEED = 1
_PROBE = "Một văn bản để biết thư viện có băm như trước hay không, dù chạy trên máy nào"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it is compared: its different shingles, and its figures with how often each stands there
    (numbers, sums, dates: "1.250", "97,5", "23/6").
    """

    shingles: frozenset[str]
    figures: Counter[str]

    def similarity(self, other: "Wording") -> float:
        """Return the Jaccard similarity of the shingles: those in both, of those in either; 0–1."""
        common = len(self.shingles & other.shingles)
        union = len(self.shingles) + len(other.shingles) - common
        return common / union if union else 0.0

    def shared_figures(self, other: "Wording") -> float | None:
        """Return how much of the figures of the text that has fewer stands in the other as well; 0–1, or None
        if one of them has none. Copies share nearly all; two reports from one template do not.
        """
        fewer = min(self.figures.total(), other.figures.total())
        return (self.figures & other.figures).total() / fewer if fewer else None


def wording(title: str, lead: str | None, body: str) -> Wording:
    """Return what is compared of an article. Case, white space, punctuation, tone placement and the way
    letters are composed do not count, nor does what the body repeats of title or lead.
    """
    text = canonical(f"{title}\n{lead or ''}\n{body}")
    words = _WORD.findall(text)
    shingles = frozenset(map(" ".join, zip(*(words[start:] for start in range(WORDS)), strict=False)))
    return Wording(shingles, Counter(_FIGURE.findall(text)))


def bands(shingles: Collection[str]) -> list[int]:
    """Return the bands of a text with these shingles, each a number of 32 bits with sign; none for none.

    A band's place is in its number, so that the first of one text does not meet the second of another.
    """
    if not shingles:
        return []
    # Imported when it is needed: it reserves 1 GiB of address space, which worker processes have not got.
    from rensa import RMinHash  # noqa: PLC0415

    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update(shingles)
    values = struct.pack(f"<{BANDS * ROWS}I", *sketch.digest())
    width = 4 * ROWS
    return [zlib.crc32(values[band * width :][:width], band) - 2**31 for band in range(BANDS)]


@cache
def method() -> str:
    """Describe how bands are made: what must be equal for bands of two days to be comparable.

    Its last part is what the library makes of a fixed text. So an upgrade, or another machine, on which it
    hashes otherwise is noticed whatever its version says.
    """
    probe = zlib.crc32(struct.pack(f"<{BANDS}i", *bands(wording("", None, _PROBE).shingles)))
    return f"{WORDS} words, {BANDS} bands of {ROWS}, rensa {probe:08x}"
