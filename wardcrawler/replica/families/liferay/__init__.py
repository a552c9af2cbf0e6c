"""Liferay portals."""
