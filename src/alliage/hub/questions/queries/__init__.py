"""What the pages of questions read, as plain data in the language asked."""
