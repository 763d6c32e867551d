"""Pages of the catalogue: those for everyone, and those where it is written."""
