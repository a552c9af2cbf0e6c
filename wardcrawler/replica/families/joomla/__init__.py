"""Joomla portals."""
