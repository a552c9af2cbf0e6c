"""Many portals at once in several processes, of which one portal can bring down only itself."""
