"""The command line: reads what a person gives, makes one call to the core, and sets the answer on a page."""
