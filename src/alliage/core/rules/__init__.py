"""Rules: conditions, whether they hold, why, and what follows from an answer."""
