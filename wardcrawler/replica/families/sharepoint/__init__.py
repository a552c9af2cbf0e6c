"""SharePoint portals."""
