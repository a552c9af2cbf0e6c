"""WARC and WACZ: what a crawl heard from a portal, byte for byte, and how it is read and checked again.

Reading and checking need nothing but the standard library; writing needs warcio (the extra ``archive``).
"""
