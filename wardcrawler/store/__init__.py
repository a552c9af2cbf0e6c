"""The database: schema, batched writer, crawl state, search, export."""
