"""One-to-one meetings of a day: who meets whom, then when, both proved; and why a wish was not met."""
