"""Archives checked against their own digests and the database."""
