"""Portals that share a host, by whatever name they declare it, wait for each other."""

from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.crawling.middlewares.public_resolver import site_host
from wardcrawler.crawling.process import host_groups
from wardcrawler.crawling.spider.portal import Portal


def portal(base_url: str, *hosts: str) -> type[Portal]:
    constants = {"is_registered": False, "name": base_url, "base_url": base_url, "hosts": hosts}
    return type("Example", (Portal,), constants)


def grouped(*portals: type[Portal]) -> list[list[str]]:
    return [[each.name for each in group] for group in host_groups(portals)]


def test_portals_of_different_hosts_run_side_by_side() -> None:
    a, b = "https://a.example.gov.vn", "https://b.example.gov.vn"
    assert grouped(portal(a), portal(b)) == [[a], [b]]


def test_scheme_port_and_case_make_no_other_host() -> None:
    addresses = ["https://a.example.gov.vn", "http://a.example.gov.vn", "https://A.example.gov.vn:8443"]
    assert grouped(*map(portal, addresses)) == [addresses]


def test_a_host_that_only_hosts_names_counts_too() -> None:
    a, b = "https://a.example.gov.vn", "https://b.example.gov.vn"
    assert grouped(portal(a), portal(b, "a.example.gov.vn")) == [[a, b]]
    assert grouped(portal(a, "cdn.example.gov.vn"), portal(b, "cdn.example.gov.vn")) == [[a, b]]


def test_sharing_is_transitive_and_keeps_the_order_given() -> None:
    a, b, c, d = (f"https://{letter}.example.gov.vn" for letter in "abcd")
    bridge = portal(d, "a.example.gov.vn", "c.example.gov.vn")
    assert grouped(portal(a), portal(b), portal(c), bridge) == [[a, c, d], [b]]


def test_on_a_local_address_every_port_is_another_portal() -> None:
    one, other, same = "http://127.0.0.1:8001", "http://127.0.0.1:8002", "http://127.0.0.1:8001"
    assert grouped(portal(one), portal(other), portal(same)) == [[one, same], [other]]
    assert site_host("http://[::1]:8001/tin") == "::1:8001"


HOSTS = st.sampled_from([f"{letter}.example.gov.vn" for letter in "abcdef"])


@given(st.lists(st.tuples(HOSTS, st.lists(HOSTS, max_size=2)), max_size=8))
def test_no_two_groups_share_a_host_and_nobody_is_lost(declared: list[tuple[str, list[str]]]) -> None:
    portals = [portal(f"https://{base}", *hosts) for base, hosts in declared]
    groups = host_groups(portals)
    assert sorted(map(id, portals)) == sorted(id(each) for group in groups for each in group)
    hosts_of = [{host for each in group for host in (each.base_url[8:], *each.hosts)} for group in groups]
    assert sum(map(len, hosts_of)) == len(set().union(*hosts_of))


@given(st.lists(st.tuples(HOSTS, st.lists(HOSTS, max_size=2)), max_size=8))
def test_groups_are_no_larger_than_sharing_asks_for(declared: list[tuple[str, list[str]]]) -> None:
    """Within a group every portal is reached from the first by steps from host to host."""
    portals = [portal(f"https://{base}", *hosts) for base, hosts in declared]
    for group in host_groups(portals):
        reached: set[str] = {group[0].base_url[8:], *group[0].hosts}
        for _ in group:
            for each in group:
                own = {each.base_url[8:], *each.hosts}
                reached |= own if own & reached else set()
        assert all(each.base_url[8:] in reached for each in group)
