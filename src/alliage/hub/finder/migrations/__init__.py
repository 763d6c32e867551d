"""The tables of the finder, step by step."""
