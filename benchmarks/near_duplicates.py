"""Near-duplicates: what is found of labelled pairs, and what finding costs as a database grows.

``python -m benchmarks.near_duplicates [--most N] [--pairs-only]``.

Precision and recall are those of links over all thresholds, judged against labelled pairs (``near_pairs``).
"Same" are versions of one piece; "template" are reports from one template, which may be linked but are other
pieces; "other" must not be linked. The cost is that of a night's thousand articles in databases of growing
size.
"""

import argparse
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.child import Measured, measure
from benchmarks.near_linking import one_template, store
from benchmarks.near_pairs import Pair, Text, labelled_pairs
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.similar import MOST_LINKS, THRESHOLD, link_new_articles
from wardcrawler.text.similarity import BANDS, ROWS, SAME_FIGURES, Wording, bands, wording

THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
SIZES = (1_000, 10_000, 200_000)
TURNS = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and what we make of it."""

    pair: Pair
    similarity: float
    is_found: bool
    """Whether the index finds it, so that the texts are compared."""
    has_same_figures: bool

    def is_linked(self, threshold: float) -> bool:
        """Whether it is linked where links begin at ``threshold``."""
        return self.is_found and self.similarity >= threshold


def judge(pair: Pair) -> Judged:
    """Compare the two texts as the store does."""
    one, other = _wording(pair.first), _wording(pair.second)
    figures = one.shared_figures(other)
    is_found = bool(set(bands(one.shingles)) & set(bands(other.shingles)))
    return Judged(pair, one.similarity(other), is_found, figures is None or figures >= SAME_FIGURES)


def _wording(text: Text) -> Wording:
    return wording(text.title, None, text.body)


def main() -> None:
    """Parse the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.near_duplicates", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="articles of the largest database")
    parser.add_argument("--pairs-only", action="store_true", help="leave the cost out")
    chosen = parser.parse_args()
    show_quality()
    if not chosen.pairs_only:
        show_template()
        show_cost([size for size in SIZES if size <= chosen.most])


def show_quality() -> None:
    """The curve, and each kind of pair at the threshold in use."""
    judged = [judge(pair) for pair in labelled_pairs()]
    count = Counter(each.pair.label for each in judged)
    print(f"\nNear-duplicates: {len(judged)} labelled pairs, of which {count['same']} are the same piece, "
          f"{count['template']} one template, {count['other']} neither")  # fmt: skip
    print("Links from a threshold on; and of those the ones whose figures agree as well")
    print(f"{'':6}{'all links':>20}{'with the same figures':>24}{'linked, of all':>20}")
    print(
        f"{'from':6}{'recall':>9}{'precision':>11}{'recall':>13}{'precision':>11}{'template':>11}{'other':>9}"
    )
    for threshold in THRESHOLDS:
        linked = [each for each in judged if each.is_linked(threshold)]
        of = Counter(each.pair.label for each in linked)
        all_, same = (
            _rates(its, count["same"]) for its in (linked, [e for e in linked if e.has_same_figures])
        )
        print(f"{threshold:<6.2f}{all_[0]:9.3f}{all_[1]:11.3f}{same[0]:13.3f}{same[1]:11.3f}"
              f"{of['template'] / count['template']:11.3f}{of['other'] / count['other']:9.3f}"
              f"{'  <- in use' if threshold == THRESHOLD else ''}")  # fmt: skip
    _show_kinds(judged)


def _rates(linked: list[Judged], same: int) -> tuple[float, float]:
    """Recall and precision, where only versions of one piece are right."""
    true = sum(each.pair.label == "same" for each in linked)
    return true / same, true / len(linked) if linked else 1.0


def _show_kinds(judged: list[Judged]) -> None:
    kinds: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for each in judged:
        kinds[each.pair.label, each.pair.kind].append(each)
    print(
        f"\nFrom {THRESHOLD} on{'':42}{'pairs':>6}{'alike: least median most':>26}{'linked':>8}{'as one':>8}"
    )
    for (label, kind), its in kinds.items():
        alike = sorted(each.similarity for each in its)
        linked = [each for each in its if each.is_linked(THRESHOLD)]
        same = sum(each.has_same_figures for each in linked)
        print(f"{label:9}{kind:43}{len(its):6}{alike[0]:12.2f}{alike[len(alike) // 2]:7.2f}{alike[-1]:7.2f}"
              f"{len(linked) / len(its):8.0%}{same / len(its):8.0%}")  # fmt: skip
    print(f"The index has {BANDS} bands of {ROWS}. A pair is found with the probability", end=" ")
    print(", ".join(f"{1 - (1 - s**ROWS) ** BANDS:.3f} at {s}" for s in (0.1, 0.3, 0.5, 0.6, 0.7, 0.8)))


def show_template(reports: int = 1_000) -> None:
    """The links of many reports from one template."""
    with TemporaryDirectory() as folder, closing(open_database(Path(folder) / "template.db")) as db:
        store(db, one_template(Random(3)), reports)
        link_new_articles(db)
        links, most = db.execute(
            "SELECT sum(n), max(n) FROM (SELECT count(*) AS n FROM similar GROUP BY article_id)"
        ).fetchone()
        (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
    print(f"\n{reports:,} reports from one template: {articles:,} articles, {links:,} links, "
          f"at most {most} an article (kept: {MOST_LINKS})")  # fmt: skip


def show_cost(sizes: list[int]) -> None:
    """A night's articles in databases of growing size, and the same where all are from one template."""
    print("\nLinking a night's 1,000 articles of 300 words, by what is stored already")
    print(f"{'articles':>9}{'':14}{'wall ms/article':>17}{'CPU ms/article':>16}{'peak MiB':>10}")
    taken = {size: _best("mixed", size) for size in sizes}
    rows = [(size, "", best) for size, best in taken.items()]
    rows += [(size, " one template", _best("template", size)) for size in (1_000, 10_000)]
    for size, kind, best in rows:
        print(f"{size:9,}{kind:14}{1000 / best.per_second:17.2f}{best.cpu_ms:16.2f}{best.peak_mib:10.0f}")
    first, last = taken[sizes[0]], taken[sizes[-1]]
    print(f"cost at {sizes[-1]:,} : at {sizes[0]:,}  CPU {last.cpu_ms / first.cpu_ms:.2f}, "
          f"wall {first.per_second / last.per_second:.2f} (goal ≤ 1.3)")  # fmt: skip


def _best(what: str, size: int) -> Measured:
    turns = 1 if size > SIZES[1] else TURNS  # the largest takes minutes
    return min(
        (measure("benchmarks.near_linking", str(size), what) for _ in range(turns)), key=lambda m: m.cpu
    )


if __name__ == "__main__":
    main()
