"""Why a page or a file was not had, and why a crawl was closed: names that are counted and compared."""

NOT_SENT = "rest"
"""The reason for a request that was never sent: its host asked for rest."""

ARCHIVE_FULL = "no-room"
"""The reason for a file that was not asked for because an archive may not grow further."""

TOO_LARGE = "too-large"

OFFSITE = "offsite"
"""The reason for an address on a host that the portal does not declare."""

LIMIT, PERIOD = "limit", "period"
"""Reasons for an article that was left out because a person asked for no more than so many, or for a time."""

INCOMPLETE = "incomplete"
"""The reason for a page of an article that could not be had, and of the article without it."""

UNREACHABLE = frozenset({"timeout", "dns", "refused", "connection"})
"""Reasons that mean the host itself did not answer."""

TRANSIENT = UNREACHABLE | {
    NOT_SENT, "cut-short", "http-429", "http-500", "http-502", "http-503", "http-504"
}  # fmt: skip
"""Reasons that may be gone the next time."""

CLOSED_FOR_REST, CLOSED_AS_UNAVAILABLE = "rest", "unavailable"
"""Reasons with which a portal's crawl is closed; the words are in the stat ``CLOSED_BECAUSE``."""

CLOSED_BECAUSE = "wardcrawler/closed_because"
