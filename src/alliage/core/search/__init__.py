"""Words to programmes: one analysis of words for the command line and the hub."""
