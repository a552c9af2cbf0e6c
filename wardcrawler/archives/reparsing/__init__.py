"""Records out of archives, without the network: what WARC and WACZ files hold goes through the extraction and
the pipelines of a crawl, into the same tables, at the time it was captured.
"""
