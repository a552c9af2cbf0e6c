"""Portals that share a host, together: what is asked politely of a host is asked in one place."""

from collections.abc import Iterable

from wardcrawler.crawling.portal import Portal


def host_groups(portals: Iterable[type[Portal]]) -> list[list[type[Portal]]]:
    """``portals`` in groups whose hosts are the same, in the order given. The portals of a group are crawled
    one after the other; different groups may be crawled at the same time, in different processes.
    """
    groups: dict[str, list[type[Portal]]] = {}
    for portal in portals:
        groups.setdefault(portal.base_url.split("/")[2].lower(), []).append(portal)
    return list(groups.values())
