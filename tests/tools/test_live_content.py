"""What ``make live`` publishes: all that a crawl could stumble over, and always the same."""

from collections import Counter

from tools.live.content import CATEGORIES, FILED, HIDDEN, PAGE_BREAK, content


def test_it_is_the_same_every_time_but_for_the_post_of_the_future() -> None:
    one, other = content(), content()
    for made in (one, other):
        for post in made["posts"]:
            if post["status"] == "future":
                del post["date"]
    assert one == other


def test_some_sixty_posts_are_public_and_one_of_each_kind_is_not() -> None:
    posts = content()["posts"]
    kinds = Counter("password" if post["password"] else post["status"] for post in posts)
    assert kinds.pop("publish") == 62
    assert kinds == dict.fromkeys(("draft", "pending", "private", "password", "future", "trash"), 1)
    assert len(HIDDEN) == len(kinds)


def test_every_category_is_used_some_posts_stand_in_two_and_a_parent_comes_before_its_children() -> None:
    posts = content()["posts"]
    assert {name for post in posts for name in post["categories"]} == set(CATEGORIES)
    assert {len(post["categories"]) for post in posts} == {1, 2}
    assert {name for filed in FILED.values() for names in filed for name in names} <= set(CATEGORIES)
    names = list(CATEGORIES)
    assert all(not parent or names.index(parent) < names.index(name) for name, parent in CATEGORIES.items())


def test_titles_are_told_apart_and_one_post_is_sticky_one_in_pages_many_edited() -> None:
    made = content()
    posts = [post for post in made["posts"] if post["status"] == "publish" and not post["password"]]
    assert len({post["title"] for post in posts}) == len(posts)
    assert sum(post["sticky"] for post in posts) == 1
    assert [post["html"].count(PAGE_BREAK) for post in posts if PAGE_BREAK in post["html"]] == [2]
    assert sum(post["edited"] for post in posts) > 15
    html = "".join(post["html"] for post in posts)
    assert all(f"%file:{key}%" in html for key in made["files"])
