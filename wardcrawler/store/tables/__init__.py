"""The tables, a module each: what is written to them and read from them."""
