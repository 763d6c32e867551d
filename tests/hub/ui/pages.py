"""The pages of the ground floor."""

FRENCH = ("/ui/", "/lexique/", "/accessibilite/", "/temoins/", "/confidentialite/")
ENGLISH = tuple(f"/en{page}" for page in FRENCH)
PAGES = FRENCH + ENGLISH
