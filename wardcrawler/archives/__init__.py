"""WARC and WACZ: the answers of portals byte for byte, written while crawling, checked, made records of.

Writing needs warcio (the extra ``archive``); reading and checking need no extra.
"""
