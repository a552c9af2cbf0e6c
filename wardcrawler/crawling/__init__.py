"""How portals are crawled: the listing walk, politeness, and where requests may go."""
