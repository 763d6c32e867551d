"""Questions as forms: what a page shows of a question, and what it makes of what was typed. No HTTP here."""
