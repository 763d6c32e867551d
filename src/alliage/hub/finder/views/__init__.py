"""The pages of the finder."""
