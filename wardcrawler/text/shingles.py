"""How alike two texts are: by the runs of words they share, and by the figures.

Three words in a row are the unit ("shingle"): Vietnamese writes its syllables apart, so three of them are one
or two words of the language. One word changed in a text of n changes three of about n shingles.
"""

import re
from collections import Counter
from dataclasses import dataclass

from wardcrawler.text.normalise import canonical

WORDS = 3

SAME_FIGURES = 0.75
"""From here on two texts that are alike count as versions of one piece; below, as two of one template."""

_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d+(?:[.,:/-]\d+)*")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it is compared: its different shingles, and its figures with how often each stands there
    (numbers, sums, dates: "1.250", "97,5", "23/6").
    """

    shingles: frozenset[str]
    figures: Counter[str]

    def likeness(self, other: "Wording") -> float:
        """The Jaccard similarity of the shingles: those in both, of those in either; 0–1."""
        common = len(self.shingles & other.shingles)
        union = len(self.shingles) + len(other.shingles) - common
        return common / union if union else 0.0

    def shared_figures(self, other: "Wording") -> float | None:
        """What share of the figures of the text that has fewer stands in the other as well; 0–1, or None if
        one of them has none. Copies share nearly all; two reports from one template do not.
        """
        fewer = min(self.figures.total(), other.figures.total())
        return (self.figures & other.figures).total() / fewer if fewer else None


def wording(title: str, lead: str | None, body: str) -> Wording:
    """What is compared of an article. Case, white space, punctuation, tone placement and the way letters are
    composed do not count, nor does what the body repeats of title or lead.
    """
    text = canonical(f"{title}\n{lead or ''}\n{body}")
    words = _WORD.findall(text)
    shingles = frozenset(map(" ".join, zip(*(words[start:] for start in range(WORDS)), strict=False)))
    return Wording(shingles, Counter(_FIGURE.findall(text)))
