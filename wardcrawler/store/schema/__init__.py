"""Tables and views, their migrations and their descriptions."""
