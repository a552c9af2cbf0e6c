"""A portal as a Scrapy spider, and what it asks for."""
