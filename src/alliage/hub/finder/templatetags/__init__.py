"""Tags of the finder."""
