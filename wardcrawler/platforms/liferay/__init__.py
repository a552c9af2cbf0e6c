"""Liferay and its looks."""
