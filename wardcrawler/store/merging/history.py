"""History of one page, from two databases that both looked at it now and then."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Sighting(NamedTuple):
    """A look at a page: at a time (ISO 8601, +07:00) it showed a text (our ``articles.id``)."""

    at: str
    article_id: int


class Revision(NamedTuple):
    """A row of ``revisions``: the text of before, the one that replaced it, and when that was first seen."""

    article_id: int
    replaced_by: int
    seen_at: str


def sightings(
    first_seen: str, last_seen: str | None, shown: int, revisions: Sequence[Revision]
) -> list[Sighting]:
    """Return what one database saw: each text when it was first seen, and the one it shows now when that was
    last seen.
    """
    first = revisions[0].article_id if revisions else shown
    changes = [Sighting(revision.seen_at, revision.replaced_by) for revision in revisions]
    return [Sighting(first_seen, first), *changes, Sighting(last_seen or first_seen, shown)]


def merge_sightings(
    ours: list[Sighting], theirs: list[Sighting], tie: Callable[[int], str]
) -> list[Sighting]:
    """Return all sightings in order of time. Of two texts in one second ``tie`` decides, a property of the
    text that is the same in every database.
    """
    if set(theirs) <= set(ours):
        return ours
    if set(ours) <= set(theirs):
        return theirs
    return sorted({*ours, *theirs}, key=lambda sighting: (sighting.at, tie(sighting.article_id)))


def revisions_of(seen: Iterable[Sighting]) -> list[Revision]:
    """Return a revision wherever the text is another than before."""
    found: list[Revision] = []
    before: Sighting | None = None
    for sighting in seen:
        if before is not None and sighting.article_id != before.article_id:
            found.append(Revision(before.article_id, sighting.article_id, sighting.at))
        before = sighting
    return found
