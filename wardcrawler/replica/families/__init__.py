"""Small imitation portals of the other platform families, one module each."""
