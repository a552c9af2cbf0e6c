"""The story of one page from two that looked now and then."""

from wardcrawler.store.merging.pages import Revision, Sighting, merge_sightings, revisions_of, sightings


def story(*seen: tuple[str, int]) -> list[Sighting]:
    return [Sighting(*each) for each in seen]


def test_a_database_saw_each_text_first_and_the_last_one_last() -> None:
    assert sightings("1", "9", 3, [Revision(1, 2, "4"), Revision(2, 3, "6")]) == story(
        ("1", 1), ("4", 2), ("6", 3), ("9", 3)
    )
    assert sightings("1", "2", 1, []) == story(("1", 1), ("2", 1))


def test_an_edit_that_each_saw_from_one_side_is_a_revision() -> None:
    both = merge_sightings(story(("1", 1), ("2", 1)), story(("5", 2), ("9", 2)), str)
    assert revisions_of(both) == [Revision(1, 2, "5")]


def test_an_edit_counts_from_when_it_was_seen_first() -> None:
    ours = story(("1", 1), ("7", 2), ("7", 2))
    assert revisions_of(merge_sightings(ours, story(("4", 2), ("9", 2)), str)) == [Revision(1, 2, "4")]


def test_a_text_that_only_one_saw_stands_between() -> None:
    both = merge_sightings(story(("1", 1), ("8", 3)), story(("4", 2), ("5", 2)), str)
    assert revisions_of(both) == [Revision(1, 2, "4"), Revision(2, 3, "8")]


def test_two_texts_in_one_second_have_the_same_order_in_both_ways() -> None:
    ours, theirs = story(("1", 1), ("1", 1)), story(("1", 2), ("1", 2))
    assert merge_sightings(ours, theirs, str) == merge_sightings(theirs, ours, str)
