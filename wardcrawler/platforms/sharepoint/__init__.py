"""SharePoint and the article views built on it."""
