"""Parts of MinHash signatures by which texts that are alike find each other (locality-sensitive hashing).

Two texts with the Jaccard similarity s agree in one value of their signatures with the probability s, in a
band of ``ROWS`` values with s^ROWS, and so in at least one of ``BANDS`` with 1 - (1 - s^ROWS)^BANDS
(Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4).
"""

import struct
import zlib
from collections.abc import Collection
from functools import cache

from wardcrawler.text.shingles import WORDS, wording

BANDS = 16
ROWS = 4

_SEED = 1
_PROBE = "Một văn bản để biết thư viện có băm như trước hay không, dù chạy trên máy nào"


def bands(shingles: Collection[str]) -> list[int]:
    """The bands of a text with these shingles, each as a number of 32 bits with sign; none for no shingles.

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
    """How bands are made: what must be equal for bands of two days to be comparable.

    Its last part is what the library makes of a fixed text. So an upgrade, or another machine, on which it
    hashes otherwise is noticed whatever its version says.
    """
    probe = zlib.crc32(struct.pack(f"<{BANDS}i", *bands(wording("", None, _PROBE).shingles)))
    return f"{WORDS} words, {BANDS} bands of {ROWS}, rensa {probe:08x}"
