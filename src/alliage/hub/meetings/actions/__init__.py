"""What people do about meetings: each in one transaction."""
