"""Full-text search: query, index, ranking, filters."""
