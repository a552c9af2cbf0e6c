"""WARC, CDXJ and WACZ: the formats, written and read."""
