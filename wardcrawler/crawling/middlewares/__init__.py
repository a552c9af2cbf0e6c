"""Scrapy components between the spider and the network: hosts, robots, retry, TLS."""
