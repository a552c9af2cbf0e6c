"""The account of a run: what became of every address that was seen as an article's."""

from collections import Counter, defaultdict

from wardcrawler.crawling.middlewares.declared_hosts import offsite_host
from wardcrawler.crawling.reasons import LIMIT, OFFSITE, PERIOD
from wardcrawler.crawling.runs.outcome import is_most
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.pipelines.observations import Observations
from wardcrawler.store.state import CrawlState, PageState

BUDGET, TIME, UNANSWERED, UNACCOUNTED = "budget", "time", "not-sent", "unaccounted"
"""Why an address that was seen has no row in ``pages``, besides LIMIT and PERIOD."""

_WORDS = {
    UNANSWERED: "asked for and never answered; run again",
    UNACCOUNTED: "seen, and nothing became of them; see why with -v",
}
"""Of a run that was closed early, the reason says that: what it did not come to needs no words of its own."""
_CLOSED = {"closespider_pagecount": BUDGET, "closespider_timeout": TIME}


def take_account(seen: Observations, portal: Portal, state: CrawlState) -> None:
    """Fill in of ``seen`` how many articles ``portal`` showed in this run, how many of them are stored, and
    what became of the others. All that was stored must be committed. Raises ``DatabaseProblem``.
    """
    keys = portal.lists.seen()
    known = state.known(keys)
    covered = {key for key, page in known.items() if page.article_id is not None}
    seen.seen, seen.covered = len(keys), len(covered)
    if seen.close_reason == "finished" and not portal.scope.is_limited:
        seen.left_alone = Counter(
            _reason(known[key]) for key in known.keys() - covered - portal.articles.asked
        )
    platform = portal.reader.platform
    told = {platform.article_key(url) for url in seen.left_out_urls} if platform else set()
    for key in keys - known.keys() - told:
        reason = _why_left_out(key, portal, seen.close_reason)
        seen.left_out[reason] += 1
        if seen.close_reason == "finished" and reason in _WORDS:
            seen.left_out_words.setdefault(reason, _WORDS[reason])
    if portal.scope.is_limited and (links := seen.left_out.pop(BUDGET, 0)):
        seen.left_out[LIMIT] += links  # who wants a part does not miss the rest of the menu
    _look_elsewhere(seen, portal, known, covered)


def _reason(page: PageState) -> str:
    return (page.failure or "").partition(":")[0]


def _why_left_out(key: str, portal: Portal, close_reason: str) -> str:
    if key not in portal.articles.asked:
        if not portal.scope.has_room(len(portal.articles.asked)):
            return LIMIT
        if portal.scope.is_period:
            return PERIOD
    elif key not in portal.articles.waiting:
        return PERIOD if portal.scope.is_period else UNACCOUNTED
    if close_reason == "finished":
        return UNANSWERED if key in portal.articles.waiting else UNACCOUNTED
    return _CLOSED.get(close_reason, UNANSWERED)


def _look_elsewhere(
    seen: Observations, portal: Portal, known: dict[str, PageState], covered: set[str]
) -> None:
    """Note which articles are on hosts that the portal does not declare, and the remedy."""
    elsewhere = portal.elsewhere
    hosts = _hosts_of_articles(seen, portal, known)
    aliases = [host for host, keys in hosts.items() if elsewhere.is_alias(host) and keys - covered]
    seen.elsewhere = Counter({host: len(keys) for host, keys in hosts.items()})
    listed = set().union(*(walk.seen for walk in portal.lists.walks))
    seen.listed = len(listed)
    seen.listed_elsewhere = len(listed & set().union(*hosts.values()))
    seen.is_at_alias = bool(aliases)
    links = Counter({host: len(addresses) for host, addresses in elsewhere.links.items()})
    if is_most(links.total(), len(elsewhere.all_links)):
        seen.links_elsewhere = links
    listing = offsite_host(seen.first_words) if OFFSITE in seen.listings_failed else None
    most = (name for name, _ in (seen.elsewhere or seen.links_elsewhere).most_common(1))
    host = listing or next(iter(aliases), None) or next(most, None)
    if host is not None:
        seen.remedy = elsewhere.remedy(host)


def _hosts_of_articles(
    seen: Observations, portal: Portal, known: dict[str, PageState]
) -> dict[str, set[str]]:
    """Find the keys of articles on other hosts: by the links to them, by where redirects of the portal's own
    addresses lead, and by what was left out. An address without a key is one under its own name.
    """
    elsewhere, platform = portal.elsewhere, portal.reader.platform
    hosts: dict[str, set[str]] = defaultdict(set)
    for name, keys in elsewhere.articles.items():
        hosts[name] |= keys
    linked = {key for keys in hosts.values() for key in keys}
    for key, page in known.items():
        is_offsite = key not in linked and page.article_id is None and _reason(page) == OFFSITE
        if is_offsite and (led_to := offsite_host(page.failure or "")):
            hosts[led_to].add(key)
    for url, reason in seen.left_out_urls.items():
        if reason == OFFSITE and (led_to := elsewhere.host_of(url)):
            named = platform.article_key(url) if platform else None
            if named or elsewhere.is_alias(led_to):
                hosts[led_to].add(named or url)
    return hosts
