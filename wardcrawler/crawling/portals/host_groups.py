"""Groups of portals that live on the same hosts, and so must wait for each other."""

from collections.abc import Sequence

from wardcrawler.crawling.middlewares.public_resolver import site_host
from wardcrawler.crawling.spider.portal import Portal


def host_groups(portals: Sequence[type[Portal]]) -> list[list[type[Portal]]]:
    """Divide ``portals`` into groups that share no host: where those of a group are crawled one after the
    other, no host is ever asked over two connections.

    A portal's hosts are that of ``base_url`` and all of ``hosts``; sharing is transitive. Groups come in the
    order of their first portal, portals in the order given.
    """
    leader = list(range(len(portals)))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = number = leader[leader[number]]
        return number

    first_on: dict[str, int] = {}
    for number, portal in enumerate(portals):
        for host in (site_host(portal.base_url), *portal.hosts):
            one, other = sorted((lead(first_on.setdefault(host, number)), lead(number)))
            leader[other] = one
    groups: dict[int, list[type[Portal]]] = {}
    for number, portal in enumerate(portals):
        groups.setdefault(lead(number), []).append(portal)
    return list(groups.values())
