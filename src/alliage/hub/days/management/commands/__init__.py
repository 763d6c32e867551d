"""Commands of the days."""
