"""The finder: from a few answers to explained verdicts, on the web. Answers stay in the person's own browser."""
