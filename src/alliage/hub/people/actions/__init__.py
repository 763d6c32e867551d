"""What people do with their account and their organisations. Each is one transaction, and knows nothing of HTTP."""
