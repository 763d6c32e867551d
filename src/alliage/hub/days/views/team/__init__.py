"""The pages of the team about a day, from empty to report."""
