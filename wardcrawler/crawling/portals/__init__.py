"""Portals: registered as rows or classes, crawled by their address, checked and probed."""
