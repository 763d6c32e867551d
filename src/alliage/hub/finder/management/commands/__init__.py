"""Commands of the finder."""
