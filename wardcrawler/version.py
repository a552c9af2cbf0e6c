"""The version of this program, for those who must not import the public API above them."""

__version__ = "0.1.0"
