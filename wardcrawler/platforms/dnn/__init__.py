"""DNN (DotNetNuke) and the article modules that portals run on it."""
