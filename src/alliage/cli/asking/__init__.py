"""A conversation in the terminal: the next question, the answer as people type it, results that narrow."""
