"""Texts of the imitation portals: composed articles and official documents, and HTML made of them."""
