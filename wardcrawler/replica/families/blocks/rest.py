"""The REST answers of WordPress: posts and categories as JSON."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from wardcrawler.replica.answers import Answer, number_in
from wardcrawler.replica.families.blocks.family import CATEGORIES, BlockThemeFamily, Query, by_number
from wardcrawler.replica.families.family import Publication, lead, slug_of, title
from wardcrawler.replica.texts.stories import slug

JSON = "application/json; charset=UTF-8"
MOST = 100  # in one answer


class RestAnswers:
    """Answers of one portal's REST routes; ``link`` makes addresses whole."""

    def __init__(self, family: BlockThemeFamily, link: Callable[[str], str]) -> None:
        self._family = family
        self._link = link

    def answer(self, query: Query) -> Answer:
        """Return the answer to a route with its parameters."""
        match query["rest_route"].strip("/").split("/"):
            case [""]:
                portal = self._family.portal
                index = {"name": portal.title, "url": self._link("").rstrip("/"), "namespaces": ["wp/v2"]}
                return _json(200, index)
            case ["wp", "v2", "posts"]:
                return self._posts(query)
            case ["wp", "v2", "posts", number] if post := by_number(self._family.posts, number):
                return _json(200, self._post(post))
            case ["wp", "v2", "posts", _]:
                return _error(404, "rest_post_invalid_id", "Invalid post ID.")
            case ["wp", "v2", "categories"]:
                rows = [self._category(name) for name in sorted(self._family.portal.sections)]
                return self._some(rows, query, "wp/v2/categories")
            case _:
                words = "No route was found matching the URL and request method."
                return _error(404, "rest_no_route", words)

    def _posts(self, query: Query) -> Answer:
        posts: Iterable[Publication] = self._family.posts
        if wanted := _numbers(query.get("categories")):
            posts = [each for each in posts if CATEGORIES[each.section] in wanted]
        for name, keep in (("after", 1), ("before", -1)):
            if moment := query.get(name):
                limit = datetime.fromisoformat(moment).replace(tzinfo=None)
                posts = [p for p in posts if (p.published.replace(tzinfo=None) - limit) * keep > timedelta(0)]
        rows = sorted(posts, key=lambda each: each.published, reverse=query.get("order") != "asc")
        return self._some([self._post(each) for each in rows], query, "wp/v2/posts")

    def _some(self, rows: list[dict[str, Any]], query: Query, route: str) -> Answer:
        """Return the rows that the parameters ask for, with headers that say how many there are."""
        size = number_in(query.get("per_page"), 10)
        if not 1 <= size <= MOST:
            return _error(400, "rest_invalid_param", "Invalid parameter(s): per_page")
        page = number_in(query.get("page"), 1)
        start = number_in(query["offset"], 0) if "offset" in query else (page - 1) * size
        found = rows[start : start + size]
        if not found and page > 1 and "offset" not in query:
            words = "The page number requested is larger than the number of pages available."
            return _error(400, "rest_post_invalid_page_number", words)
        total = len(rows) if found else 0  # WordPress says 0 behind the end
        headers = [("X-WP-Total", str(total)), ("X-WP-TotalPages", str(-(-total // size)))]
        if page * size < total:
            given = {name: value for name, value in query.items() if name != "rest_route"}
            following = self._family.rest_address(route, urlencode(given | {"page": page + 1}))
            headers.append(("Link", f'<{self._link(following)}>; rel="next"'))
        if fields := set(filter(None, query.get("_fields", "").split(","))):
            found = [{name: row[name] for name in row if name in fields} for row in found]
        return _json(200, found, headers)

    def _post(self, publication: Publication) -> dict[str, Any]:
        moment, number = publication.published, publication.number
        edited = moment + timedelta(days=366) if publication.trap == "edited" else moment
        is_locked = publication.trap == "password"
        text = "" if is_locked else self._family.text(publication)
        excerpt = "" if is_locked else f"<p>{lead(publication)[:220]} [&hellip;]</p>\n"
        return {
            "id": number,
            "date": _local(moment),
            "date_gmt": _local(moment.astimezone(UTC)),
            "guid": {"rendered": self._link(self._family.short_address(publication))},
            "modified": _local(edited),
            "modified_gmt": _local(edited.astimezone(UTC)),
            "slug": slug_of(publication),
            "status": "publish",
            "type": "post",
            "link": self._link(self._family.address(publication)),
            "title": {"rendered": title(publication)},
            "content": {"rendered": text, "protected": is_locked},
            "excerpt": {"rendered": excerpt, "protected": is_locked},
            "author": 1,
            "featured_media": 0,
            "comment_status": "open",
            "ping_status": "open",
            "sticky": publication.trap == "sticky",
            "template": "",
            "format": "standard",
            "meta": [],
            "categories": [CATEGORIES[publication.section]],
            "tags": [],
            "_links": {"self": [{"href": self._link(self._family.rest_address(f"wp/v2/posts/{number}"))}]},
        }

    def _category(self, name: str) -> dict[str, Any]:
        return {
            "id": CATEGORIES[name],
            "count": len(self._family.sections[name]),
            "description": "",
            "link": self._link(self._family.list_address(name, 1)),
            "name": name,
            "slug": slug(name, keep_d=True),
            "taxonomy": "category",
            "parent": 0,
            "meta": [],
        }


def _local(moment: datetime) -> str:
    """Return a time as WordPress writes it there, without the offset."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _numbers(text: str | None) -> set[int]:
    return {int(part) for part in (text or "").split(",") if part.isascii() and part.isdigit()}


def _json(status: int, what: Any, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    text = json.dumps(what, separators=(",", ":")).replace("/", "\\/")
    return Answer(status, (text.encode(),), JSON, (("X-Robots-Tag", "noindex"), *headers))


def _error(status: int, code: str, words: str) -> Answer:
    return _json(status, {"code": code, "message": words, "data": {"status": status}})
