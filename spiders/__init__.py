"""The registered portals: one file per province, one small class per portal."""
