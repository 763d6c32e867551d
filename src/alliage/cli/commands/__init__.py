"""One file for each command: it reads what was given, makes one call to the core, and hands the answer to a page."""
