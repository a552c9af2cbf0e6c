"""Portals: the registered ones, those crawled by their address, checked and probed."""
