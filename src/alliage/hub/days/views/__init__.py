"""The pages of the days."""
