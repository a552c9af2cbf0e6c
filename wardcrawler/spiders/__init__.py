"""The registered portals: the folder ``spiders/`` at the top of the repository, under the name it has where
wardcrawler is installed. An installation holds that folder in this place (``pyproject.toml``).
"""

from pathlib import Path

__path__ = [str(Path(__file__).parents[2] / "spiders")]
