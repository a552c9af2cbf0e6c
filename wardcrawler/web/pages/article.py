"""Page of an article: its text, where and when it stood, its files, earlier texts and near relatives."""

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from wardcrawler.store import Database
from wardcrawler.store.article import article_with_places, rows, text_of
from wardcrawler.text.difference import Piece, difference, passages
from wardcrawler.text.similarity import SAME_FIGURES
from wardcrawler.web.database import ask
from wardcrawler.web.language import Words, words_for
from wardcrawler.web.markup import safe_html
from wardcrawler.web.pages import render

_UNITS = "SELECT site, key, unit_then, unit_now FROM records WHERE id = ?"

_MOST_RELATIVES = 10
_MOST_PASSAGES = 30
_MOST_OF_A_FILE = 20_000
"""Letters of a file's text that are shown; the file itself is a click away."""


async def page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/article/ID``. Raises ``NotFound``."""
    article_id, t = int(request.url_vars["id"]), words_for(request)

    def found(db: Database) -> dict[str, Any] | None:
        article = article_with_places(db, article_id)
        if article is None:
            return None
        own = text_of(db, article_id)
        units = {(row["site"], row["key"]): row for row in rows(db, _UNITS, (article_id,))}
        return {
            "article": article,
            "places": [
                {**place, **units.get((place["site"], place["key"]), {})} for place in article["pages"]
            ],
            "edits": [_edit(db, article_id, own, edit) for edit in article["revisions"]],
            "relatives": [
                {**other, "passages": _passages(own, text_of(db, other["id"]))}
                for other in article["similar"][:_MOST_RELATIVES]
            ],
        }

    answers = await ask(datasette, found)
    if answers is None:
        raise NotFound(t("no_article", id=article_id))
    article = answers["article"]
    html = safe_html(article["html"], t("picture"))
    return await render(
        datasette,
        request,
        "article.html",
        {
            **answers,
            "html": html,
            "citation": citation(t, article, answers["places"]),
            "most_of_a_file": _MOST_OF_A_FILE,
            "same_figures": SAME_FIGURES,
        },
    )


def _edit(db: Database, article_id: int, own: str, edit: dict[str, Any]) -> dict[str, Any]:
    """Return the revision with ``earlier`` or ``later``, the other text, and ``passages`` that differ."""
    if edit["replaced_by"] == article_id:
        other = edit["article_id"]
        return {**edit, "earlier": other, "passages": _passages(text_of(db, other), own)}
    other = edit["replaced_by"]
    return {**edit, "earlier": None, "later": other, "passages": _passages(own, text_of(db, other))}


def _passages(before: str, after: str) -> list[list[Piece]]:
    return passages(difference(before, after), most=120)[:_MOST_PASSAGES]


def citation(t: Words, article: dict[str, Any], places: list[dict[str, Any]]) -> str:
    """Write a citation, one line: portal, unit, title, date, address, when it was seen, hash of its text."""
    place = places[0] if places else {}
    published = (
        t("published_on", time=t.time(article["published_at"], article["date_precision"]))
        if article["published_at"]
        else t("no_date")
    )
    parts = [
        place.get("site_title") or place.get("site") or "",
        place.get("unit_then") if place.get("unit_then") != place.get("site_title") else "",
        f"“{article['title']}”",
        published,
        place.get("url") or "",
        t("seen_on", time=t.time(place.get("first_seen") or article["first_seen"])),
        f"SHA-256 {article['content_hash']}",
    ]
    return ", ".join(part for part in parts if part)
