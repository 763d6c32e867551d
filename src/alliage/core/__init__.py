"""The core: plain Python that is told the date, the seed and the catalogue. No clock, no network, no database."""
