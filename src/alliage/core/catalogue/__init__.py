"""Programmes, providers and sources: load, check, diff, freshness, and the state of an intake on a day."""
