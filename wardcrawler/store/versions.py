"""The texts that the pages of an article ever showed: versions of it, not relatives."""

VERSIONS = """
SELECT theirs.article_id FROM revisions AS mine
JOIN revisions AS theirs ON theirs.site = mine.site AND theirs.key = mine.key
WHERE mine.article_id = ?1 OR mine.replaced_by = ?1
UNION
SELECT theirs.replaced_by FROM revisions AS mine
JOIN revisions AS theirs ON theirs.site = mine.site AND theirs.key = mine.key
WHERE mine.article_id = ?1 OR mine.replaced_by = ?1
"""
"""A query for their ids, the article ``?1`` itself among them if it was ever replaced or replaced another."""
