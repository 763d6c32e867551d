"""The pages of freshness. Each reads what was asked, makes one call, and shows what it gave."""
