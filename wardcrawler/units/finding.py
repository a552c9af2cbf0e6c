"""Find the unit that a text names, as people write it; refuse names that do not exist."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from wardcrawler.units.naming import Word, spellings, types_at, words
from wardcrawler.units.refusal import Refusal, refusal
from wardcrawler.units.register import ancestors, predecessors, register, successors
from wardcrawler.units.unit import REFORM, Unit
