"""Small imitation portals of all platforms, one module a CMS; what they publish never changes."""
