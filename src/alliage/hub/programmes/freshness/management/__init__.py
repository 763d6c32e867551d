"""Commands of freshness."""
