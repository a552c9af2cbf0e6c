"""Texts in TCVN3 and VNI fonts, converted to Unicode."""
