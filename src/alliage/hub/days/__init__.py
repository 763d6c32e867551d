"""Information days: a tour of stops, who comes, what is asked there, and what followed."""
