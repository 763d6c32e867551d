"""What keeps the catalogue true: confirmations, reviews, the worklist, corrections by anyone."""
