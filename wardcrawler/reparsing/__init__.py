"""Records out of archives, without the network: what WARC and WACZ files hold goes through the same extraction
and the same pipelines as a crawl, into the same tables, at the time it was captured.
"""
