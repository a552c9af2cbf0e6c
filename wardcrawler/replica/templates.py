"""The HTML files of ``templates/``, with ``$name`` where a value goes."""

from functools import cache
from importlib.resources import files
from string import Template


def fill(template: str, /, **values: object) -> str:
    """Template ``template`` with ``values``, HTML already. Raises KeyError where one is missing."""
    return _template(template).substitute(values)


@cache
def _template(name: str) -> Template:
    return Template(files("wardcrawler.replica").joinpath("templates", f"{name}.html").read_text("utf-8"))
