"""What the pages of the finder show, as plain data."""
