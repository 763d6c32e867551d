"""The catalogue in the database: revisions, loading from a pack, and the public pages of the whole offer."""
