"""``Retry-After``: how long a server asks to be left alone."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"\s*([0-9]+)\s*")
_A_CENTURY = 100 * 366 * 24 * 3600


def asked_rest(retry_after: str | None, date: str | None, now: datetime) -> float | None:
    """The seconds of rest that the header ``retry_after`` asks for (RFC 9110, 10.2.3: a number of seconds or
    an HTTP-date), or None where it asks for nothing: no header, one that is neither, no time or a time past.

    A date is counted from the answer's own ``date`` where that can be read: what matters is the server's
    clock, and many are hours off. ``now`` (aware) is the clock otherwise.
    """
    if retry_after is None:
        return None
    if seconds := _SECONDS.fullmatch(retry_after):
        return float(min(int(seconds[1][:12]), _A_CENTURY)) or None
    until = _http_date(retry_after)
    if until is None:
        return None
    rest = (until - (_http_date(date) or now)).total_seconds()
    return rest if rest > 0 else None


def _http_date(value: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime(value or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # the asctime form names no zone; HTTP's is GMT
