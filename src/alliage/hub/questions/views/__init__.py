"""Pages of questions: each reads what was asked, makes one call, and shows what it gave."""
