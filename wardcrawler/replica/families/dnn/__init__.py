"""DNN portals."""
