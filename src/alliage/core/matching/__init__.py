"""Profiles against programmes: verdicts with receipts, near misses, the next question; the fast form gives the same."""
