"""What people and tasks do to keep the catalogue true. Each is one transaction, and knows nothing of HTTP."""
