"""The tables of freshness, step by step."""
