"""What the pages of freshness read, as plain data in the language asked."""
