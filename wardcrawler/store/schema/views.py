"""Views for people who write SQL. Their text is part of the schema: see ``migrations``."""

RECORDS = """
SELECT
    p.article_id AS id,
    p.site,
    s.title AS site_title,
    s.level,
    s.province,
    s.unit_code,
    s.platform,
    p.key,
    p.url,
    p.category,
    a.title,
    a.title_printed,
    a.author,
    a.source,
    a.published_at,
    a.date_precision,
    a.date_source,
    a.date_text,
    a.date_reason,
    p.published_at AS page_published_at,
    a.content_hash,
    a.first_seen,
    a.last_changed,
    p.first_seen AS page_first_seen,
    p.last_seen AS page_last_seen,
    p.gone_at,
    a.lead,
    a.body,
    a.html
FROM articles AS a
JOIN pages AS p ON p.article_id = a.id
JOIN sites AS s ON s.name = p.site
"""
"""One row for each page that holds an article. ``published_at`` is the article's (earliest known anywhere),
``page_published_at`` what this page says. This is how m001 makes it."""

RECORDS_WITH_UNITS = """
SELECT
    p.article_id AS id,
    p.site,
    s.title AS site_title,
    s.level,
    s.province,
    s.unit_code,
    s.unit_valid_from,
    (
        SELECT a.address FROM unit_addresses AS a
        WHERE a.code = s.unit_code AND a.valid_from = s.unit_valid_from
    ) AS unit_then,
    coalesce(
        (
            SELECT group_concat(onward.address, '; ') FROM (
                SELECT a.address FROM unit_successors AS o
                JOIN unit_addresses AS a ON a.code = o.new_code AND a.valid_from = o.new_valid_from
                WHERE o.old_code = s.unit_code AND o.old_valid_from = s.unit_valid_from
                ORDER BY o.is_default DESC, o.new_code
            ) AS onward
        ),
        (
            SELECT a.address FROM unit_addresses AS a
            WHERE a.code = s.unit_code AND a.valid_from = s.unit_valid_from AND a.valid_to IS NULL
        )
    ) AS unit_now,
    s.platform,
    p.key,
    p.url,
    p.category,
    a.title,
    a.title_printed,
    a.author,
    a.source,
    a.published_at,
    a.date_precision,
    a.date_source,
    a.date_text,
    a.date_reason,
    p.published_at AS page_published_at,
    a.content_hash,
    a.first_seen,
    a.last_changed,
    p.first_seen AS page_first_seen,
    p.last_seen AS page_last_seen,
    p.gone_at,
    a.lead,
    a.body,
    a.html
FROM articles AS a
JOIN pages AS p ON p.article_id = a.id
JOIN sites AS s ON s.name = p.site
"""
"""The same with the unit whose portal it is, by m002: ``unit_then`` is its full name in the portal's time,
``unit_now`` that of the unit that holds today, or of those that took it over: the one the source prefers
first, then by code, joined by "; ". Both are NULL for a portal without a unit."""

RECORDS_WITH_FILES = RECORDS_WITH_UNITS.replace(
    """
    a.html
FROM""",
    """
    a.html,
    (
        SELECT group_concat(said.text, char(10, 10)) FROM (
            SELECT f.text FROM article_attachments AS l JOIN attachments AS f ON f.sha256 = l.sha256
            WHERE l.article_id = p.article_id AND f.text IS NOT NULL ORDER BY l.position
        ) AS said
    ) AS attachment_text
FROM""",
)
"""The same with what the article's files say, one after the other, by m004; NULL where nothing is known.
``body`` stays what the page prints."""

RECORDS_WITH_EXTRACTION = RECORDS_WITH_FILES.replace(
    "    p.published_at AS page_published_at,\n",
    "    p.published_at AS page_published_at,\n    p.extraction,\n",
)
"""The same with how the page's text was read, by m010."""

UNIT_ADDRESSES = """
SELECT
    u.code,
    u.valid_from,
    u.valid_to,
    u.level,
    u.name || coalesce(', ' || above.name, '') || coalesce(', ' || top.name, '') AS address
FROM units AS u
LEFT JOIN units AS above ON above.code = u.parent AND above.valid_from = u.valid_from
LEFT JOIN units AS top ON top.code = above.parent AND top.valid_from = u.valid_from
"""
"""One row for each unit in one period, with its full name: 'Phường 9, Quận Tân Bình, Thành phố Hồ Chí
Minh'."""

SITE_HEALTH = """
SELECT
    s.name AS site,
    s.title,
    s.level,
    s.province,
    s.platform,
    s.status,
    last.id AS run_id,
    last.started_at,
    last.finished_at,
    last.outcome,
    last.reason,
    (
        SELECT max(r.finished_at) FROM runs AS r
        WHERE r.site = s.name AND r.outcome IN ('ok', 'unchanged')
    ) AS last_success,
    (
        SELECT count(*) FROM runs AS r
        WHERE r.site = s.name
            AND r.outcome NOT IN ('ok', 'unchanged', 'running', 'interrupted')
            AND r.id > coalesce((
                SELECT max(h.id) FROM runs AS h
                WHERE h.site = s.name AND h.outcome IN ('ok', 'unchanged')
            ), 0)
    ) AS unhealthy_streak,
    p.last_new_article,
    p.last_published,
    coalesce(p.articles, 0) AS articles,
    coalesce(p.pages, 0) AS pages,
    coalesce(p.failures, 0) AS failures
FROM sites AS s
LEFT JOIN runs AS last ON last.id = (SELECT max(r.id) FROM runs AS r WHERE r.site = s.name)
LEFT JOIN (
    SELECT
        site,
        count(DISTINCT article_id) AS articles,
        count(article_id) AS pages,
        count(failure) AS failures,
        max(CASE WHEN article_id IS NOT NULL THEN first_seen END) AS last_new_article,
        max(published_at) AS last_published
    FROM pages
    GROUP BY site
) AS p ON p.site = s.name
"""
"""One row for each portal. ``unhealthy_streak`` counts the runs since the last one that ended 'ok' or
'unchanged'; runs that a person interrupted, or that still run, say nothing about a portal."""

_READ_ARCHIVES = "'reparsing', 'reparsed'"

SITE_HEALTH_OF_CRAWLS = SITE_HEALTH.replace(
    "'running', 'interrupted')", f"'running', 'interrupted', {_READ_ARCHIVES})"
).replace(
    "FROM runs AS r WHERE r.site = s.name)\nLEFT JOIN (",
    f"FROM runs AS r WHERE r.site = s.name AND r.outcome NOT IN ({_READ_ARCHIVES}))\nLEFT JOIN (",
)
"""The same by m007, of the runs that asked the portal: not of those that only read archives."""

_SEEN_LAST = """(
    SELECT r.id FROM runs AS r
    WHERE r.site = s.name AND r.seen > 0 AND r.outcome IN ('ok', 'unchanged', 'partial')
    ORDER BY r.id DESC LIMIT 1
)"""
_LEFT_OUT = "coalesce((SELECT sum(value) FROM json_each(told.left_out)), 0)"

SITE_HEALTH_WITH_COVERAGE = (
    SITE_HEALTH_OF_CRAWLS.replace(
        "    coalesce(p.failures, 0) AS failures\n",
        f"""    coalesce(p.failures, 0) AS failures,
    coalesce(p.known, 0) AS known,
    told.seen,
    told.covered,
    told.left_out,
    1.0 * coalesce(p.pages, 0) / nullif(coalesce(p.known, 0) + {_LEFT_OUT}, 0) AS coverage
""",
    )
    .replace(
        "        count(failure) AS failures,\n",
        "        count(failure) AS failures,\n        count(*) FILTER (WHERE alias_of IS NULL) AS known,\n",
    )
    .replace("\nLEFT JOIN (", f"\nLEFT JOIN runs AS told ON told.id = {_SEEN_LAST}\nLEFT JOIN (")
)
"""The same by m009, with the portal's coverage: the share of the addresses that were ever taken for an
article's (``known``), and of those that the last run left out to which listings answered, that hold one.
NULL without any."""

MONTHLY_COUNTS = """
SELECT
    p.site,
    s.title AS site_title,
    s.level,
    s.province,
    substr(p.published_at, 1, 7) AS month,
    count(*) AS pages,
    count(DISTINCT p.article_id) AS articles
FROM pages AS p
JOIN sites AS s ON s.name = p.site
WHERE p.article_id IS NOT NULL
GROUP BY p.site, month
"""
"""Counts of what each portal published in each month, by the date on its own page; ``month`` is ``YYYY-MM``,
NULL for pages without a date."""
