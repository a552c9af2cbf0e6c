"""WordPress with a block theme, after what WordPress 6.1 prints: pages, REST answers, sitemaps and feeds."""
