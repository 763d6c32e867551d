"""What the pages of a day read, as plain data."""
