"""The tables of the catalogue, step by step."""
